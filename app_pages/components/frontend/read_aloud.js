// The time to think and the question read aloud. The text is given to voices on this machine only; nothing here keeps
// anybody from recording, and recording ends both.

const REMEMBERED = "answer-aloud-reads-aloud"; // in this browser: whether every question is read
const PATIENCE = 2000; // ms; browsers list their voices some time after the page
const RECORDS = '.recorder .record, [data-testid="stAudioInputActionButton"], .st-key-machine_record button';
const NO_VOICE = "There's no English voice on this computer, so here's the text only. Voices that work over the internet "
  + "aren't used: nothing leaves your computer.";
const HERE = "Read by a voice on this computer; nothing leaves it.";
const NEEDS_CLICK = "Click “Read the question aloud” to hear it.";
const STOPPED = "The voice stopped. You can read the question above.";

export default function ({ data: [data], parentElement }) {
  const root = parentElement.querySelector(".asking");
  if (root.dataset.place !== data.place) {
    root.stop?.(); // another question was asked here before
    root.stop = ask(root, data);
    root.dataset.place = data.place;
  }
  return root.stop;
}

function ask(root, data) {
  const ending = new AbortController();
  const { signal } = ending;
  const clock = makeClock(root, data.thinking);
  const voice = makeVoice(root, data.text, signal);
  const always = root.querySelector(".always");
  always.checked = remembered();
  always.addEventListener("change", () => {
    remember(always.checked);
    if (always.checked) voice.say();
    else voice.stop();
  }, { signal });
  root.querySelector(".say").addEventListener("click", () => voice.say(), { signal });
  root.querySelector(".ready").addEventListener("click", clock.end, { signal });
  const records = (event) => event.composedPath().some((node) => node.matches?.(RECORDS));
  document.addEventListener("click", (event) => {
    if (!records(event)) return;
    voice.stop(); // it would be heard in the recording
    clock.end();
  }, { signal, capture: true });
  root.querySelector(".news").textContent = data.news; // for who does not see that another question is here
  root.querySelector(".say").textContent = data.trial ? "Hear the voice" : "Read the question aloud";
  if (always.checked && !data.trial) voice.say().then(() => signal.aborted || clock.start());
  else clock.start();
  if (data.trial) root.querySelector(".think").remove(); // nothing is asked yet
  return () => {
    ending.abort();
    voice.stop();
    clock.end();
  };
}

// Time to think

function makeClock(root, seconds) {
  const [box, left, ready] = [".think", ".left", ".ready"].map((part) => root.querySelector(part));
  let ticking = null;
  let ended = false;
  const show = (text) => { left.textContent = text; };
  const clock = {
    start() {
      if (ended || ticking !== null || !seconds) return;
      const over = performance.now() + 1000 * seconds;
      const tick = () => {
        const rest = Math.ceil((over - performance.now()) / 1000);
        if (rest > 0) show(`Time to think: ${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`);
        else clock.runOut();
      };
      ticking = setInterval(tick, 250);
      tick();
    },
    runOut() {
      clearInterval(ticking);
      ready.hidden = true;
      show("Time's up – start recording when you're ready.");
    },
    end() {
      clearInterval(ticking);
      ended = true;
      box.hidden = true;
    },
  };
  box.hidden = !seconds;
  ready.hidden = false;
  show(seconds ? `You have ${seconds} seconds to think.` : "");
  return clock;
}

// The voice

function makeVoice(root, text, signal) {
  const told = root.querySelector(".told");
  const speech = window.speechSynthesis;
  told.textContent = "";
  return {
    // Settles when nothing is spoken any more; never fails.
    async say() {
      const voice = await ownVoice(speech);
      if (signal.aborted) return;
      if (!voice) {
        told.textContent = NO_VOICE;
        return;
      }
      told.textContent = HERE;
      const failure = await spoken(speech, text, voice);
      if (failure === "not-allowed") told.textContent = NEEDS_CLICK;
      else if (failure) told.textContent = STOPPED;
    },
    stop() { speech?.cancel(); },
  };
}

function spoken(speech, text, voice) {
  const utterance = new SpeechSynthesisUtterance(text);
  Object.assign(utterance, { voice, lang: voice.lang });
  speech.cancel(); // what was being said
  return new Promise((settle) => {
    utterance.addEventListener("end", () => settle(null));
    const ours = (error) => ["canceled", "interrupted"].includes(error);
    utterance.addEventListener("error", ({ error }) => settle(ours(error) ? null : error));
    speech.speak(utterance);
  });
}

async function ownVoice(speech) {
  const english = (await voices(speech)).filter((voice) => voice.localService === true && /^en\b/i.test(voice.lang));
  return english.find((voice) => voice.default) ?? english[0] ?? null;
}

function voices(speech) {
  if (!speech) return Promise.resolve([]);
  const there = speech.getVoices();
  if (there.length) return Promise.resolve(there);
  return new Promise((settle) => {
    const listed = () => settle(speech.getVoices());
    speech.addEventListener("voiceschanged", listed, { once: true });
    setTimeout(listed, PATIENCE);
  });
}

// What this browser remembers; without storage it forgets, no more

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED) === "yes";
  } catch {
    return false;
  }
}

function remember(always) {
  try {
    localStorage.setItem(REMEMBERED, always ? "yes" : "no");
  } catch { /* the choice holds for this question */ }
}
