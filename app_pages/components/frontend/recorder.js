// The recorder: what is said is on the server's disk a moment later. A recording belongs to the tab and not to what is
// drawn: the page may be drawn anew around it. It ends where the page with its recorder is left.

// ms in which a recorder that went away comes back: where the page is drawn anew, and where it is all built up again
// because Streamlit's own connection was lost.
const ADOPTED_WITHIN = 1500;
const REBUILT_WITHIN = 30_000;
const UNREACHED = 8000; // ms after which a page that does not react to what was saved says where it can be found
const CHECK_SECONDS = 2;
const HEARD = -50; // dB; a voice is louder, a quiet room is not
const TOO_QUIET = -45; // dB; the report warns below it too
const CLIPS = 0.99; // of full scale
const MUTED_AFTER = 4; // s without a sound
const SETTLES_WITHIN = 15000; // ms that a page takes at most to be drawn anew; 50 ms between two looks at it
const STILL_LOOKS = 4;

const WORDS = {
  record: "Record your answer",
  stop: "Stop recording",
  asking: "Waiting for the microphone…",
  saving: "Saving…",
  allow: "Your browser may ask you to allow the microphone.",
  recording: "Recording.",
  heard: "Recording – we can hear you.",
  muted: "Recording, but we can't hear anything. Is your microphone muted?",
  offline: "The connection is lost, but your recording goes on. We'll save the rest as soon as we're back.",
  waits: "We can't reach Answer Aloud to save the rest of your recording. Keep this page open – we're still trying.",
  saved: "Saved.",
  longest: "Saved. That's as long as a recording can be.",
  elsewhere: "Saved. If nothing happens, open Answer Aloud again the way you first did: your recording will be there.",
  denied: "Your browser is blocking the microphone. Click the microphone icon in the address bar, allow access, then try "
    + "again.",
  missing: "We can't find a microphone. Plug one in and try again, or use “Upload” above.",
  busy: "Your microphone didn't open. Close any other program that's using it, then try again.",
  broken: "Your microphone didn't start. Reload the page and try again, or use “Upload” above.",
  unplugged: "Your microphone was disconnected. Everything up to then is saved.",
  check: "Check your microphone",
  say: "Say a few words…",
  playing: "Playing it back…",
  silent: "We couldn't hear anything. Check that your microphone isn't muted, or choose another one.",
  quiet: "Too quiet. Move closer to the microphone, or turn it up in your computer's settings.",
  loud: "Too loud. Move back a little, or turn the microphone down in your computer's settings.",
  fine: "That sounds fine.",
};
const FAILURES = {
  NotAllowedError: WORDS.denied,
  SecurityError: WORDS.denied,
  NotFoundError: WORDS.missing,
  OverconstrainedError: WORDS.missing,
  NotReadableError: WORDS.busy,
  AbortError: WORDS.busy,
};

const recordings = new Map(); // by the place of their recorder
let focused = null; // the button that has the focus, or went away with it

export default function ({ data: [data], parentElement, setStateValue }) {
  const root = parentElement.querySelector(".recorder");
  const lacking = lacks() ?? data.lacking;
  root.hidden = lacking !== null;
  if (lacking !== null) {
    if (data.lacking !== lacking) setStateValue("lacking", lacking);
    return undefined;
  }
  root.setAttribute("aria-label", `Recorder: ${data.purpose.question.text}`); // there may be two on a page
  root.view ??= makeView(root);
  keepInReach ??= setInterval(closeConnectionError, 300);
  root.view.show(data, setStateValue);
  return () => root.view.leave();
}

// Streamlit lays a dialog over the page when its own connection is lost. A recording goes on then, so it has to stay in
// reach; what is the matter is told in the recorder.
let keepInReach = null;

function closeConnectionError() {
  const isNeeded = [...recordings.values()].some(({ view, isBusy, state }) => view && (isBusy() || state === "saved"));
  const dialog = document.querySelector(".stDialog [role=dialog]");
  if (!isNeeded || dialog?.querySelector("h2")?.textContent !== "Connection error") return;
  dialog.querySelector("button[aria-label=Close]")?.click();
}

// What happens: one recording, or the check of a microphone

function makeRecording() {
  const self = {
    state: "idle", // asking, recording, saving, saved, checking
    told: "",
    trouble: "",
    level: QUIETEST,
    clips: false,
    seconds: 0,
    data: null, // the take being recorded, as the page gave it
    view: null,
    deviceId: rememberedMicrophone(),
    isBusy: () => ["asking", "recording", "saving"].includes(self.state),
    change(changes) {
      Object.assign(self, changes);
      self.view?.draw();
    },
  };
  let microphone = null;
  let wire = null;
  let isConnected = true;
  let hasHeard = false;
  let goneTimer = null;

  function fail(error) {
    self.change({ state: "idle", told: "", trouble: FAILURES[error?.name] ?? WORDS.broken });
    if (error?.name === "NoSoundError") self.view?.tellPage("lacking", "sound");
  }

  function tell() {
    if (self.state === "saving") return isConnected ? WORDS.saving : WORDS.waits;
    if (!isConnected) return WORDS.offline;
    if (hasHeard) return WORDS.heard;
    return self.seconds > MUTED_AFTER ? WORDS.muted : WORDS.recording;
  }

  function takeIn({ samples, level, peak }) {
    if (self.state !== "recording" && self.state !== "saving") return;
    const room = Math.round(self.data.longest * microphone.rate) * 2 - wire.total;
    const bytes = new Uint8Array(samples.buffer, 0, Math.min(samples.byteLength, room));
    if (bytes.byteLength) wire.add(bytes);
    if (self.state !== "recording") return;
    hasHeard ||= decibels(level) > HEARD;
    self.change({ level: decibels(level), clips: peak >= CLIPS, seconds: wire.total / 2 / microphone.rate });
    self.change({ told: tell() });
    if (samples.byteLength >= room) self.stop("longest");
  }

  const warn = (event) => {
    event.preventDefault();
    event.returnValue = ""; // older browsers ask only then
  };

  function end(changes, name, value) {
    removeEventListener("beforeunload", warn);
    self.change({ level: QUIETEST, clips: false, ...changes });
    self.view?.tellPage(name, value);
  }

  function saved(reason) {
    const { take } = self.data;
    if (reason === "gone" || reason === "left") { // the page offers to go on with it
      end({ state: "saved", told: "", trouble: reason === "gone" ? WORDS.unplugged : "" }, "interrupted", take);
      return;
    }
    end({ state: "saved", told: reason === "longest" ? WORDS.longest : WORDS.saved, trouble: "" }, "stopped", take);
    setTimeout(() => {
      if (self.state === "saved" && self.data.take === take) self.change({ told: WORDS.elsewhere });
    }, UNREACHED);
  }

  // `newest` returns the take as the page gave it last.
  self.start = async (newest) => {
    if (self.isBusy()) return;
    const wasDrawn = isDrawn();
    self.change({ state: "asking", told: WORDS.allow, trouble: "", seconds: 0, data: newest() });
    hasHeard = false;
    isConnected = true;
    const early = []; // blocks that come before it is known who sends
    let add = (block) => early.push(block);
    try {
      microphone = await openMicrophone(self.deviceId, (block) => add(block), () => self.stop("gone"));
    } catch (error) {
      fail(error);
      return;
    }
    addEventListener("beforeunload", warn);
    self.reason = null;
    await untilDrawn(wasDrawn); // who has just chosen another question answers that one; blocks wait meanwhile
    self.change({ data: newest() });
    const { take, ticket, purpose } = self.data;
    wire = makeWire({ take, ticket, purpose, rate: microphone.rate, device: microphone.label }, {
      connected(is) {
        isConnected = is;
        self.change({ told: tell() });
      },
      trouble: (sentence) => self.change({ trouble: sentence ?? "" }),
      stopped: () => saved(self.reason),
      gone(sentence) {
        microphone.close();
        end({ state: "saved", told: "", trouble: sentence }, "interrupted", take);
      },
    });
    self.change({ state: "recording", told: WORDS.recording, usedDeviceId: microphone.deviceId });
    add = takeIn;
    early.forEach(takeIn);
    self.view?.listDevices();
  };

  // `reason`: "gone" where the device went away, "longest" where there is no more room, "left" with the page.
  self.stop = async (reason = null) => {
    if (self.state !== "recording") return;
    self.reason = reason;
    self.change({ state: "saving", told: WORDS.saving, level: QUIETEST, clips: false });
    await microphone.close();
    wire.stop();
    if (!isConnected) self.change({ told: tell() });
  };

  // The recorder is not on the page any more: unless it comes back soon, the recording ends with it.
  self.abandon = () => {
    const [page, at] = [location.pathname, performance.now()];
    clearInterval(goneTimer);
    goneTimer = setInterval(() => {
      const gone = performance.now() - at;
      if (gone > REBUILT_WITHIN || (gone > ADOPTED_WITHIN && location.pathname !== page)) self.leave();
    }, 250);
  };
  self.leave = () => {
    clearInterval(goneTimer);
    self.stop("left");
  };
  self.adopt = (view) => {
    clearInterval(goneTimer);
    self.view = view;
  };

  // Two seconds to hear oneself by; nothing of it leaves the page.
  self.check = async () => {
    if (self.isBusy() || self.state === "checking") return;
    const heard = [];
    self.change({ state: "checking", told: WORDS.allow, trouble: "" });
    let enough = null;
    const isEnough = new Promise((done) => { enough = done; });
    try {
      const checked = await openMicrophone(self.deviceId, (block) => {
        heard.push(block);
        self.change({ level: decibels(block.level), clips: block.peak >= CLIPS });
        if (heard.length >= 10 * CHECK_SECONDS) enough();
      }, () => enough());
      self.change({ told: WORDS.say, usedDeviceId: checked.deviceId });
      await isEnough;
      await checked.close();
      self.view?.listDevices();
      self.change({ told: WORDS.playing, level: QUIETEST, clips: false });
      await playBack(Int16Array.from(heard.flatMap(({ samples }) => [...samples])), checked.rate);
      self.change({ state: "idle", told: judge(heard) });
    } catch (error) {
      fail(error);
    }
  };
  return self;
}

function isDrawn() {
  return (document.querySelector("[data-test-script-state]")?.dataset.testScriptState ?? "notRunning") === "notRunning";
}

// A page that was being drawn may be drawn once more at once, so it has to stand still for some looks.
async function untilDrawn(wasDrawn) {
  const latest = performance.now() + SETTLES_WITHIN;
  let looks = wasDrawn && isDrawn() ? STILL_LOOKS : 0;
  while (looks < STILL_LOOKS && performance.now() < latest) {
    await new Promise((done) => { setTimeout(done, 50); });
    looks = isDrawn() ? looks + 1 : 0;
  }
}

function judge(heard) {
  const levels = heard.map(({ level }) => decibels(level)).sort((one, other) => other - one);
  const loud = levels[Math.floor(levels.length / 5)] ?? QUIETEST; // of the fifth that is loudest, the softest
  if (heard.filter(({ peak }) => peak >= CLIPS).length > 1) return WORDS.loud;
  if ((levels[0] ?? QUIETEST) <= QUIETEST + 1) return WORDS.silent;
  return loud < TOO_QUIET ? WORDS.quiet : WORDS.fine;
}

// What is seen

function makeView(root) {
  const part = (name) => root.querySelector(name);
  const [button, label, check, chooser] = [".record", ".label", ".check", ".device"].map(part);
  const select = chooser.querySelector("select");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let data = null;
  let recording = null;
  let tellPage = null;
  let drawnAt = 0;

  const view = {
    tellPage: (name, value) => tellPage?.(name, value),
    show(newData, setStateValue) {
      tellPage = setStateValue;
      if (data?.place !== newData.place) {
        recording = recordings.get(newData.place) ?? makeRecording();
        recordings.set(newData.place, recording);
        recording.adopt(view);
        recordings.forEach((each) => each.view || each.leave()); // another recorder took the place of theirs
        const isFree = document.activeElement === null || document.activeElement === document.body;
        if (focused && !focused.isConnected && isFree) button.focus({ preventScroll: true });
      }
      const isOpened = newData.opened && newData.opened !== data?.opened; // by the user, who is about to record
      data = newData;
      if (recording.state === "saved" && recording.data.take !== data.take) {
        const told = recording.told === WORDS.elsewhere ? WORDS.saved : recording.told;
        recording.change({ state: "idle", told, seconds: 0 });
      }
      view.listDevices();
      view.draw();
      if (isOpened) button.focus({ preventScroll: true });
    },
    draw() {
      const { state } = recording;
      root.dataset.state = state;
      const names = { asking: WORDS.asking, recording: WORDS.stop, saving: WORDS.saving, saved: WORDS.saving };
      write(label, names[state] ?? WORDS.record);
      const isOff = ["asking", "saving", "saved", "checking"].includes(state);
      button.setAttribute("aria-disabled", isOff);
      check.hidden = recording.isBusy() || state === "saved";
      check.setAttribute("aria-disabled", state === "checking");
      select.disabled = state !== "idle";
      write(part(".told"), recording.told);
      write(part(".trouble"), recording.trouble);
      drawTimes(root, recording, recording.isBusy() ? recording.data : data);
      if (calm.matches && performance.now() - drawnAt < 400) return; // a meter in steps, for who wants little motion
      drawnAt = performance.now();
      drawLevel(part(".meter"), recording);
    },
    async listDevices() {
      const devices = await listMicrophones().catch(() => []);
      chooser.hidden = devices.length < 2;
      const chosen = devices.find(({ deviceId }) => deviceId === recording.deviceId)?.deviceId ?? "";
      const options = [new Option("System default", ""), ...devices.map((each, place) => (
        new Option(each.label || `Microphone ${place + 1}`, each.deviceId)))];
      const isSame = options.length === select.length
        && options.every((option, place) => select[place].value === option.value && select[place].text === option.text);
      if (!isSame) select.replaceChildren(...options);
      select.value = chosen;
    },
    leave() {
      navigator.mediaDevices.removeEventListener("devicechange", view.listDevices);
      if (recording?.view === view) {
        recording.view = null;
        recording.abandon();
      }
    },
  };

  button.addEventListener("focus", () => { focused = button; });
  button.addEventListener("blur", () => { // also where it is taken off the page, which happens after this
    setTimeout(() => { if (focused === button && button.isConnected) focused = null; });
  });
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    if (recording.state === "recording") recording.stop();
    else recording.start(() => data);
  });
  button.addEventListener("keydown", (event) => { // a key that is held down starts or stops once
    if (event.repeat && [" ", "Enter"].includes(event.key)) event.preventDefault();
  });
  check.addEventListener("click", () => recording.check());
  select.addEventListener("change", () => {
    recording.deviceId = select.value;
    rememberMicrophone(select.value);
  });
  navigator.mediaDevices.addEventListener("devicechange", view.listDevices);
  return view;
}

function drawTimes(root, { seconds }, { aim }) {
  const time = root.querySelector(".time");
  time.dataset.seconds = seconds;
  write(time, clock(seconds));
  root.querySelector(".course").hidden = aim === null;
  if (aim === null) return;
  const [low, high] = aim;
  const end = Math.max(1.25 * high, seconds);
  const isShorter = low === 0; // the same answer again, in less time
  write(root.querySelector(".aim"), isShorter ? `The same answer in ${clock(high)}` : `Aim for ${clock(low)} to ${clock(high)}`);
  const [zone, run] = [".zone", ".run"].map((name) => root.querySelector(name).style);
  Object.assign(zone, { left: `${(100 * low) / end}%`, width: `${(100 * (high - low)) / end}%` });
  run.width = `${(100 * seconds) / end}%`;
}

function drawLevel(meter, { level, clips }) {
  const share = 1 - level / QUIETEST;
  meter.dataset.clips = clips;
  meter.querySelector(".bar").style.transform = `scaleX(${share.toFixed(3)})`;
  meter.setAttribute("aria-valuenow", Math.round(level));
  const words = level <= QUIETEST ? "silent" : `${Math.round(level)} decibels`;
  meter.setAttribute("aria-valuetext", clips ? "too loud" : words);
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// A live region speaks whenever it is written to, so only what is new is written.
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
