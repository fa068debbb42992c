// What was heard in an answer, a line each; a button plays the moment with the player of the answer on the same page
// (player.js). Everything that was said or typed is set as text, never as markup.

const LINES = new WeakMap(); // by list: what is drawn, and what ends its listening

export default function ({ data: [data], parentElement }) {
  const list = parentElement.querySelector(".heard");
  const drawn = LINES.get(list);
  if (drawn?.version === data.version) return drawn.end;
  drawn?.end();
  const ending = new AbortController();
  const buttons = [];
  list.replaceChildren(...data.lines.map((line) => drawLine(line, data, buttons)));
  window.addEventListener("answer-aloud:playing", ({ detail }) => {
    for (const [button, line] of buttons) press(button, line, isPlaying(detail, line, data));
  }, { signal: ending.signal });
  const end = () => { ending.abort(); LINES.delete(list); };
  LINES.set(list, { version: data.version, end });
  return end;
}

function isPlaying(detail, line, data) {
  return detail.take === data.take && detail.start === line.start && detail.end === line.end;
}

function drawLine(line, data, buttons) {
  const item = element("li", "", line.state);
  const head = element("p", "", "head");
  const sign = element("span", line.sign, "sign");
  sign.setAttribute("aria-hidden", "true"); // the word after it says the same
  head.append(sign, element("span", line.label, "label"), `: ${line.says}`);
  item.append(head);
  if (line.share !== null) item.append(drawShare(line.share));
  if (line.text !== null) {
    const said = element("p", "", "said");
    said.append(data.playable ? playButton(line, data, buttons) : element("span", clock(line.start), "at"));
    said.append(element("span", `“${line.text}”`));
    item.append(said);
  }
  if (line.note) item.append(element("p", line.note, "note"));
  return item;
}

function drawShare(share) {
  const row = element("div", "", "share");
  const track = element("div", "", "track");
  const filled = element("div", "", "filled");
  filled.style.width = `${100 * share}%`;
  track.append(filled);
  row.append(track, element("span", `${Math.round(100 * share)} % of the time`, "percent"));
  return row;
}

function playButton(line, data, buttons) {
  const button = element("button");
  button.setAttribute("aria-label", `${line.label} at ${clock(line.start)}: play`);
  press(button, line, false);
  button.addEventListener("click", () => {
    const detail = { take: data.take, start: line.start, end: line.end, what: `“${line.label}”` };
    const isOn = button.getAttribute("aria-pressed") === "true";
    window.dispatchEvent(new CustomEvent(isOn ? "answer-aloud:stop" : "answer-aloud:play", { detail }));
  });
  buttons.push([button, line]);
  return button;
}

function press(button, line, isOn) {
  button.setAttribute("aria-pressed", String(isOn));
  button.textContent = `${isOn ? "■" : "▶"} ${clock(line.start)}`;
}

function element(name, content = "", className = "") {
  const made = document.createElement(name);
  made.textContent = content;
  made.className = className;
  return made;
}

const clock = (time) => `${Math.floor(time / 60)}:${String(Math.floor(time % 60)).padStart(2, "0")}`;
