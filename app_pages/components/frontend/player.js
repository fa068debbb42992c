// The timeline, the transcript and the sound of one answer. Everything that was said or typed is set as text, never as
// markup. Times are seconds from the start of the recording.

const SVG = "http://www.w3.org/2000/svg";
const LEAD = 0.5; // s played before and after a moment, so that it is heard in its place
const PER_SECOND = 4; // px; below this the marks of a long answer would run into each other
const HIT = 24; // px, the smallest comfortable target
const ROWS = { pace: 4, paceEnd: 52, marks: 65, wave: 80, waveEnd: 130, axis: 146, height: 152 }; // px from the top
const LANE = 52; // px, of loudness and of pitch, below the rest
const BAR = 6; // px, the height of the bar that stands for a natural pause
const ROOM = 34; // px that the length of a pause needs on the timeline

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".listening");
  if (root.dataset.take !== data.take) {
    root.view?.stop(); // another answer was shown here before
    root.view = build(root, data);
    root.dataset.take = data.take;
  }
  root.view.ask = (correction) => setTriggerValue("correction", correction);
  root.view.askVoice = (isWanted) => setTriggerValue("voice", isWanted);
  root.view.show(data); // the page may run again for many reasons; the sound goes on
  return root.view.stop;
}

function build(root, data) {
  const ending = new AbortController();
  const player = makePlayer(root, data, ending.signal);
  const scroll = root.querySelector(".scroll");
  const view = { root, player, data: null, marks: [], ask: null };
  const redraw = () => {
    player.head = drawTimeline(scroll, view.data, view.marks, player);
    player.showHead();
    view.menu?.place();
    showHowMuch(view);
  };
  const watcher = new ResizeObserver(() => { if (view.data) redraw(); });
  watcher.observe(scroll);
  makeEditable(view, ending.signal);
  makeFoldable(view, ending.signal);
  root.querySelector(".voice").addEventListener("click", () => view.askVoice(!view.data.voice), { signal: ending.signal });
  view.show = (given) => {
    if (view.data?.version === given.version) return;
    const focused = view.data && focusedTime(view);
    if (player.audio.paused) root.querySelector(".now").textContent = "";
    Object.assign(view, { data: given, marks: marksOf(given) });
    redraw();
    fillVoiceChoice(root, given);
    fillTranscript(view);
    if (focused !== null) focusAt(view, focused);
  };
  view.stop = () => {
    ending.abort();
    watcher.disconnect();
    player.audio.pause();
  };
  return view;
}

// Sound

function makePlayer(root, data, signal) {
  const audio = root.querySelector("audio");
  const now = root.querySelector(".now");
  const player = { audio, head: null, until: null, hasSound: data.url !== null }; // null: the recording was not kept
  audio.hidden = !player.hasSound;
  if (player.hasSound) audio.src = data.url;
  else audio.removeAttribute("src");
  root.querySelector(".heading").textContent = player.hasSound ? "Listen to any moment" : "Your answer over time";
  now.textContent = "";
  player.labelled = (label, start) => `${label} at ${clock(start)}${player.hasSound ? ": play" : ""}`;
  player.play = (start, end, what) => {
    if (!player.hasSound) return;
    audio.currentTime = Math.max(0, start - LEAD);
    player.until = end === null ? null : Math.min(data.duration, end + LEAD);
    now.textContent = `Playing ${what} at ${clock(start)}`;
    tell({ take: data.take, start, end });
    audio.play().catch((error) => { now.textContent = `Your browser can't play this recording (${error.name}).`; });
  };
  player.showHead = () => player.head?.(audio.currentTime);
  const follow = () => {
    player.showHead();
    if (player.until !== null && audio.currentTime >= player.until) audio.pause();
    if (!audio.paused) requestAnimationFrame(follow);
  };
  const on = (event, listener) => audio.addEventListener(event, listener, { signal });
  // Other parts of the page (structure.js) have moments played by these, and see by "answer-aloud:playing" which one is.
  const asked = (event, does) => window.addEventListener(event, ({ detail }) => {
    if (detail.take === data.take) does(detail);
  }, { signal });
  asked("answer-aloud:play", ({ start, end, what }) => player.play(start, end, what));
  asked("answer-aloud:stop", () => audio.pause());
  on("play", () => requestAnimationFrame(follow));
  on("seeked", player.showHead);
  on("pause", () => { player.until = null; now.textContent = ""; tell({ take: data.take, start: null, end: null }); });
  on("error", () => { now.textContent = "We couldn't load the recording. Reload the page."; });
  return player;
}

// What can be heard

const marksOf = (data) => data.tokens.filter((token) => data.styles[token.kind]?.sign);

// Timeline

function drawTimeline(scroll, data, marks, player) {
  const width = Math.max(scroll.clientWidth, Math.ceil(data.duration * PER_SECOND));
  const x = (time) => (time / data.duration) * width;
  const height = ROWS.height + (data.voice ? 2 * LANE : 0);
  const svg = shape("svg", { width, height, role: "group", "aria-label": "Timeline of your answer" });
  svg.append(hatching());
  drawPace(svg, data, x, width);
  drawWave(svg, data, width);
  drawAxis(svg, data, x, width);
  svg.addEventListener("click", (event) => {
    const time = ((event.clientX - svg.getBoundingClientRect().left) / width) * data.duration;
    player.play(time + LEAD, null, "from here");
  });
  for (const pause of data.pauses) drawPause(svg, pause, x, player);
  for (const mark of marks) drawMark(svg, mark, data.styles[mark.kind].sign, x, player);
  if (data.voice) {
    drawLane(svg, data.voice.loudness, data.voice.step, x, ROWS.height, "Loudness", "loudness");
    drawLane(svg, data.voice.pitch, data.voice.step, x, ROWS.height + LANE, "Pitch", "pitch");
  }
  const headEnd = data.voice ? height : ROWS.waveEnd;
  const head = svg.appendChild(shape("line", { class: "head", y1: ROWS.pace, y2: headEnd }));
  scroll.replaceChildren(svg);
  return (time) => {
    head.setAttribute("x1", x(time));
    head.setAttribute("x2", x(time));
  };
}

function drawPace(svg, data, x, width) {
  const measured = data.pace.map(([, pace]) => pace).filter((pace) => pace !== null);
  if (!measured.length) return;
  const [low, high] = data.band ?? [null, null];
  const values = [...measured, low, high].filter((value) => value !== null);
  const bottom = Math.min(...values) - 20;
  const top = Math.max(...values) + 20;
  const y = (pace) => ROWS.paceEnd - ((pace - bottom) / (top - bottom)) * (ROWS.paceEnd - ROWS.pace);
  if (data.band) {
    const [from, to] = [y(high ?? top), y(low ?? bottom)];
    svg.append(shape("rect", { class: "band", x: 0, y: from, width, height: to - from }));
  }
  const runs = unbroken(data.pace);
  for (const run of runs) {
    const points = run.map(([at, pace]) => `${x(at)},${y(pace)}`).join(" ");
    svg.append(shape("polyline", { class: "pace", points }));
    if (run.length === 1) svg.append(shape("circle", { class: "pace-point", cx: x(run[0][0]), cy: y(run[0][1]), r: 3 }));
  }
  drawPaceEnds(svg, runs, data, x, y);
  if (high !== null) svg.append(text(4, y(high) - 3, `${high} words/min`, "scale"));
  if (low !== null) svg.append(text(4, y(low) + 12, `${low}`, "scale"));
  const [at, pace] = runs.at(-1).at(-1);
  const isLow = y(pace) < ROWS.pace + 16;
  const place = Math.min(x(at), width - 4);
  svg.append(text(place, y(pace) + (isLow ? 15 : -6), `Your pace: ${Math.round(pace)}`, "scale", "end"));
}

// Before the middle of the first window of time and after that of the last, the pace is only known to be about theirs.
function drawPaceEnds(svg, runs, data, x, y) {
  const [[firstAt, first], [lastAt, last]] = [runs[0][0], runs.at(-1).at(-1)];
  for (const [from, to, pace] of [[data.speech[0], firstAt, first], [lastAt, data.speech[1], last]]) {
    if (to > from) svg.append(shape("line", { class: "pace ends", x1: x(from), x2: x(to), y1: y(pace), y2: y(pace) }));
  }
}

// A line of values from 0 to 1, null where there is none.
function drawLane(svg, values, step, x, from, name, className) {
  const y = (value) => from + LANE - 4 - value * (LANE - 20);
  const points = values.map((value, place) => [place * step, value]);
  svg.append(shape("line", { class: "middle", x1: 0, x2: x(values.length * step), y1: from + LANE - 2, y2: from + LANE - 2 }));
  for (const run of unbroken(points)) {
    svg.append(shape("polyline", { class: className, points: run.map(([at, value]) => `${x(at)},${y(value)}`).join(" ") }));
  }
  svg.append(text(4, from + 11, name, "scale"));
}

function unbroken(points) {
  const runs = [[]];
  for (const point of points) {
    if (point[1] === null) runs.push([]);
    else runs.at(-1).push(point);
  }
  return runs.filter((run) => run.length);
}

function drawWave(svg, data, width) {
  const middle = (ROWS.wave + ROWS.waveEnd) / 2;
  const half = (ROWS.waveEnd - ROWS.wave) / 2;
  const step = width / data.envelope.length;
  const up = data.envelope.map((peak, i) => `${(i + 0.5) * step},${middle - (half * peak) / 100}`);
  const down = data.envelope.map((peak, i) => `${(i + 0.5) * step},${middle + (half * peak) / 100}`).reverse();
  if (!up.length) return; // no sound was kept
  svg.append(shape("line", { class: "middle", x1: 0, x2: width, y1: middle, y2: middle }));
  svg.append(shape("polygon", { class: "wave", points: [...up, ...down].join(" ") }));
}

function drawAxis(svg, data, x, width) {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
  const step = steps.find((seconds) => x(seconds) >= 48) ?? steps.at(-1);
  for (let time = 0; time <= data.duration; time += step) {
    svg.append(shape("line", { class: "tick", x1: x(time), x2: x(time), y1: ROWS.waveEnd, y2: ROWS.waveEnd + 4 }));
    const anchor = x(time) > width - 16 ? "end" : time === 0 ? "start" : "middle";
    svg.append(text(x(time), ROWS.axis, wholeClock(time), "scale", anchor));
  }
}

function drawPause(svg, pause, x, player) {
  const width = Math.max(1, x(pause.end) - x(pause.start));
  const group = shape("g", { class: `pause ${pause.length}` });
  const height = pause.length === "natural" ? BAR : ROWS.waveEnd - ROWS.wave;
  group.append(shape("rect", { x: x(pause.start), y: ROWS.waveEnd - height, width, height }));
  if (width >= ROOM && pause.length !== "natural") {
    const seconds = `${(pause.end - pause.start).toFixed(1)} s`;
    group.append(text((x(pause.start) + x(pause.end)) / 2, ROWS.waveEnd - 6, seconds, "seconds", "middle"));
  }
  playable(group, pause.label, pause, player, pause.length !== "natural");
  svg.append(group);
}

function drawMark(svg, mark, sign, x, player) {
  const middle = x((mark.start + mark.end) / 2);
  const group = shape("g", { class: `mark ${mark.kind}` });
  group.append(shape("rect", { class: "hit", x: middle - HIT / 2, y: ROWS.marks - HIT / 2, width: HIT, height: HIT, rx: 4 }));
  group.append(shape("line", { x1: middle, x2: middle, y1: ROWS.marks + 8, y2: ROWS.waveEnd }));
  group.append(text(middle, ROWS.marks + 5, sign, "sign", "middle"));
  playable(group, mark.label, mark, player, true);
  svg.append(group);
}

function playable(element, label, moment, player, focusable) {
  const play = (event) => {
    event.stopPropagation();
    event.preventDefault();
    player.play(moment.start, moment.end, uncapitalised(label));
  };
  const title = shape("title");
  title.textContent = player.labelled(label, moment.start);
  element.append(title);
  if (!player.hasSound) return;
  element.addEventListener("click", play);
  if (!focusable) return;
  element.setAttribute("role", "button");
  element.setAttribute("tabindex", "0");
  element.setAttribute("aria-label", title.textContent);
  element.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") play(event); });
}

function hatching() {
  const pattern = shape("pattern", { id: "hatching", width: 6, height: 6, patternUnits: "userSpaceOnUse" });
  pattern.append(shape("path", { class: "hatch", d: "M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2" }));
  const definitions = shape("defs");
  definitions.append(pattern);
  return definitions;
}

// Texts around it

function fillVoiceChoice(root, data) {
  const choice = root.querySelector(".voice");
  choice.hidden = !data.envelope.length;
  choice.setAttribute("aria-pressed", String(Boolean(data.voice)));
}

function fillTranscript(view) {
  const { root, data } = view;
  view.pieces = data.tokens.map((token, place) => ({ ...token, place }));
  root.querySelector(".said").hidden = !view.pieces.length;
  root.querySelector(".said h3").textContent = data.title;
  fillKey(view);
  drawTranscript(view);
  showHowMuch(view);
}

// One key for the timeline and the transcript: the sign above, the mark below, and what both mean.
function fillKey({ root, data, pieces }) {
  const entries = [];
  if (data.pace.some(([, pace]) => pace !== null)) entries.push([[pictureOf("pace")], "pace (green: comfortable)"]);
  for (const [kind, { sign, written, meaning }] of Object.entries(data.styles)) {
    if (kind !== "pause") entries.push([[...(sign ? [`${sign} `] : []), element("span", written, `said-mark ${kind}`)], meaning]);
  }
  if (pieces.some(isPutRight)) entries.push([[element("span", "led ✎", "said-mark put-right")], "corrected by you"]);
  for (const [length, meaning] of PAUSES) {
    if (data.pauses.some((pause) => lengthOf(pause) === length)) entries.push([[pictureOf(length)], meaning]);
  }
  root.querySelector(".key").replaceChildren(...entries.map(([signs, meaning]) => {
    const item = element("li");
    item.append(...signs, ` ${meaning}`);
    return item;
  }));
}

const PAUSES = [["natural", "pause"], ["thinking", "over 1 s"], ["long", "over 2 s"]];
const lengthOf = ({ length }) => (length === "lost_thread" ? "long" : length);

function pictureOf(kind) {
  const svg = shape("svg", { width: 18, height: 14, "aria-hidden": "true" });
  if (kind === "pace") {
    svg.append(shape("line", { class: "pace", x1: 0, x2: 18, y1: 7, y2: 7 }));
    return svg;
  }
  const group = shape("g", { class: `pause ${kind}` });
  const height = kind === "natural" ? BAR : 13;
  group.append(shape("rect", { x: 0.5, y: 13.5 - height, width: 17, height }));
  svg.append(hatching(), group);
  return svg;
}

// A long transcript begins folded: what comes first is the beginning of it.

function makeFoldable(view, signal) {
  view.isWhole = false;
  const unfold = () => {
    view.isWhole = true;
    showHowMuch(view);
  };
  view.unfold = unfold;
  view.root.querySelector(".whole").addEventListener("click", () => {
    view.isWhole = !view.isWhole;
    showHowMuch(view);
  }, { signal });
  view.root.querySelector(".transcript").addEventListener("focusin", (event) => {
    if (!view.isWhole && isBelowFold(view, event.target)) unfold();
  }, { signal });
}

function isBelowFold({ root }, node) {
  return node.getBoundingClientRect().bottom > root.querySelector(".transcript").getBoundingClientRect().bottom;
}

function showHowMuch(view) {
  const [transcript, whole] = [".transcript", ".whole"].map((name) => view.root.querySelector(name));
  transcript.classList.add("short");
  const isLong = transcript.scrollHeight > transcript.clientHeight + 8;
  transcript.classList.toggle("short", isLong && !view.isWhole);
  whole.hidden = !isLong;
  whole.textContent = view.isWhole ? "Show less" : "Show the whole transcript";
  whole.setAttribute("aria-expanded", String(view.isWhole));
}

// Small makers

function shape(name, attributes = {}) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function text(x, y, content, className, anchor = "start") {
  const made = shape("text", { x, y, class: className, "text-anchor": anchor });
  made.textContent = content;
  return made;
}

function element(name, content = "", className = "") {
  const made = document.createElement(name);
  made.textContent = content;
  made.className = className;
  return made;
}

const tell = (detail) => window.dispatchEvent(new CustomEvent("answer-aloud:playing", { detail }));
const uncapitalised = (label) => label[0].toLowerCase() + label.slice(1);
const wholeClock = (time) => `${Math.floor(time / 60)}:${String(Math.floor(time % 60)).padStart(2, "0")}`;
const clock = (time) => `${wholeClock(Math.floor(time * 10) / 10)}.${Math.floor(time * 10) % 10}`;
