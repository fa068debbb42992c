// What moments.js and structure.js share, and stand after in one script: a button that has a moment played by the player
// of the same answer (player.js), and shows by "answer-aloud:playing" whether it is.

const DRAWN = new WeakMap(); // by box: the version that is drawn, and what ends its listening

// Draw the parts of a box, unless this version of them is there already; return what ends their listening. `draw` is given
// a function that makes what stands for a moment: its button, or where no sound was kept, its time.
function drawOnce(box, data, draw) {
  const drawn = DRAWN.get(box);
  if (drawn?.version === data.version) return drawn.end;
  drawn?.end();
  const ending = new AbortController();
  const buttons = [];
  box.replaceChildren(...draw((moment, name, what) => {
    if (!data.playable) return element("span", clock(moment.start), "at");
    const button = playButton(moment, name, what, data.take);
    buttons.push([button, moment]);
    return button;
  }));
  window.addEventListener("answer-aloud:playing", ({ detail }) => {
    for (const [button, moment] of buttons) {
      press(button, moment, detail.take === data.take && detail.start === moment.start && detail.end === moment.end);
    }
  }, { signal: ending.signal });
  const end = () => { ending.abort(); DRAWN.delete(box); };
  DRAWN.set(box, { version: data.version, end });
  return end;
}

// `name` stands before the time for screen readers; `what` is what the player says it plays.
function playButton(moment, name, what, take) {
  const button = element("button");
  button.type = "button";
  button.setAttribute("aria-label", `${name} at ${clock(moment.start)}: play`);
  press(button, moment, false);
  button.addEventListener("click", () => {
    const detail = { take, start: moment.start, end: moment.end, what };
    const isOn = button.getAttribute("aria-pressed") === "true";
    window.dispatchEvent(new CustomEvent(isOn ? "answer-aloud:stop" : "answer-aloud:play", { detail }));
  });
  return button;
}

function press(button, moment, isOn) {
  button.setAttribute("aria-pressed", String(isOn));
  button.textContent = `${isOn ? "■" : "▶"} ${clock(moment.start)}`;
}

function element(name, content = "", className = "") {
  const made = document.createElement(name);
  made.textContent = content;
  made.className = className;
  return made;
}

const clock = (time) => `${Math.floor(time / 60)}:${String(Math.floor(time % 60)).padStart(2, "0")}`;
