// Moments of an answer, each a button that plays it with the player of the answer on the same page (player.js).
// Everything that was said is set as text, never as markup.

const DRAWN = new WeakMap(); // by box: what is drawn, and what ends its listening

export default function ({ data: [data], parentElement }) {
  const box = parentElement.querySelector(".moments");
  const drawn = DRAWN.get(box);
  if (drawn?.version === data.version) return drawn.end;
  drawn?.end();
  const ending = new AbortController();
  const buttons = [];
  box.replaceChildren(...data.groups.map((group) => drawGroup(group, data, buttons)));
  window.addEventListener("answer-aloud:playing", ({ detail }) => {
    for (const [button, moment] of buttons) {
      press(button, moment, detail.take === data.take && detail.start === moment.start && detail.end === moment.end);
    }
  }, { signal: ending.signal });
  const end = () => { ending.abort(); DRAWN.delete(box); };
  DRAWN.set(box, { version: data.version, end });
  return end;
}

function drawGroup({ label, moments }, data, buttons) {
  const row = element("div", "", "group");
  if (label) row.append(element("span", label, "label"));
  for (const moment of moments) {
    row.append(data.playable ? playButton(moment, label, data, buttons) : element("span", clock(moment.start), "at"));
    if (moment.text) row.append(element("span", moment.text, moment.name ? "comment" : "quote"));
  }
  return row;
}

function playButton(moment, label, data, buttons) {
  const button = element("button");
  const what = moment.name || label || moment.text || "Moment";
  button.type = "button";
  button.setAttribute("aria-label", `${what} at ${clock(moment.start)}: play`);
  press(button, moment, false);
  button.addEventListener("click", () => {
    const detail = { take: data.take, start: moment.start, end: moment.end, what };
    const isOn = button.getAttribute("aria-pressed") === "true";
    window.dispatchEvent(new CustomEvent(isOn ? "answer-aloud:stop" : "answer-aloud:play", { detail }));
  });
  buttons.push([button, moment]);
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
