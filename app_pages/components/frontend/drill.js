// The um drill: hear some of your own ums, then notice the others in a clip by pressing a key or a button.

const LEAD = 0.5; // s played before and after an um
const SHOWN = 250; // ms, how long a press is seen

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".drill");
  if (root.dataset.take !== data.take) {
    root.stop?.();
    root.stop = build(root, data);
    root.dataset.take = data.take;
  }
  root.tellPage = (pressed) => setTriggerValue("marked", pressed);
  return undefined;
}

function build(root, data) {
  const part = (name) => root.querySelector(name);
  const [audio, start, mark, count] = ["audio", ".start", ".mark", ".count"].map(part);
  const ending = new AbortController();
  const on = (target, event, listener) => target.addEventListener(event, listener, { signal: ending.signal });
  const [from, to] = data.clip;
  let until = null; // s, where what is being played ends
  let pressed = null; // s, when the key was pressed; null where no clip is running
  audio.src = data.url;

  const play = (begin, end) => {
    until = end;
    audio.currentTime = Math.max(0, begin);
    return audio.play().catch((error) => { count.textContent = `Your browser can't play this recording (${error.name}).`; });
  };
  const follow = () => {
    if (pressed !== null) part(".run").style.width = `${(100 * (audio.currentTime - from)) / (to - from)}%`;
    if (until !== null && audio.currentTime >= until) audio.pause();
    if (!audio.paused) requestAnimationFrame(follow);
  };
  const press = () => {
    if (pressed === null || audio.paused) return;
    pressed.push(audio.currentTime);
    count.textContent = `You noticed ${pressed.length}.`;
    mark.classList.add("pressed");
    setTimeout(() => mark.classList.remove("pressed"), SHOWN);
  };
  const finish = () => {
    until = null;
    for (const button of root.querySelectorAll(".moments button")) button.setAttribute("aria-pressed", "false");
    if (pressed === null) return;
    const noticed = pressed;
    pressed = null;
    mark.disabled = true;
    start.textContent = "Play the clip again";
    root.tellPage({ pressed: noticed, at: Date.now() });
  };

  part(".asks").textContent = `1. Listen to ${data.first.length} of your ums. Where do they come?`;
  part(".how").textContent = `2. Now ${Math.round(to - from)} seconds of your answer. Press the button, the space bar or Enter at every um.`;
  part(".moments").replaceChildren(...data.first.map(([begin, end], place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `▶ Um ${place + 1}`;
    on(button, "click", () => {
      pressed = null;
      finish();
      button.setAttribute("aria-pressed", "true");
      play(begin - LEAD, end + LEAD);
    });
    return button;
  }));
  on(start, "click", () => {
    pressed = [];
    count.textContent = "";
    mark.disabled = false;
    mark.focus();
    play(from, to);
  });
  on(mark, "pointerdown", press); // at once, not when the finger is lifted
  on(mark, "keydown", (event) => {
    if (![" ", "Enter"].includes(event.key)) return;
    event.preventDefault();
    if (!event.repeat) press();
  });
  on(mark, "click", ({ detail }) => { if (detail === 0) press(); }); // by a screen reader
  on(audio, "play", () => requestAnimationFrame(follow));
  on(audio, "pause", finish);
  return () => {
    ending.abort();
    audio.pause();
  };
}
