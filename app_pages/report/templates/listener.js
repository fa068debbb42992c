// Whoever listens marks moments, writes a few words to each and saves them as a small file, to be imported in the app.
// Everything typed or said is set as text, never as markup. What is typed stays in this browser until it is saved.
(() => {
  const PLAYED = 5; // s of a marked moment
  const REACTION = 1.5; // s from what is heard to the press of the button
  const QUOTED = 6; // words
  const audio = document.querySelector("audio");
  const transcript = document.querySelector(".transcript");
  const fold = document.querySelector(".listener");
  if (!audio || !transcript || !fold) return;
  const find = (name) => fold.querySelector(name);
  const [name, overall, list, none, said] = [".name", ".overall", ".marks", ".none", ".said"].map(find);
  const [markButton, wordButton, playButton, undoButton] = [".mark", ".mark-word", ".playing", ".undo"].map(find);
  const { format, recording, file } = fold.dataset;
  const [version, duration] = [Number(fold.dataset.version), Number(fold.dataset.duration)];
  const [maxMarks, maxComment] = [Number(fold.dataset.marks), Number(fold.dataset.comment)];
  const words = [...transcript.querySelectorAll("[data-start]:not(.pause)")];
  const place = `${format}:${recording}`; // in the storage of the browser
  let listener = makeId();
  let marks = []; // { at, comment, item }, by time
  let saved = ""; // what the last file held
  let chosen = null;
  let deleted = null;
  let isForgetful = false;

  // What is written, and what becomes of it

  const clean = (text) => text.replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, "");
  const oneLine = (text) => clean(text).split(/\s+/).filter(Boolean).join(" ");
  const written = () => ({
    name: oneLine(name.value),
    overall: clean(overall.value).trim(),
    moments: marks.map(({ at, comment }) => ({ at, comment: clean(comment).trim() })),
  });
  const isEmpty = ({ overall: text, moments }) => !text && !moments.length;
  const isUnsaved = () => !isEmpty(written()) && JSON.stringify(written()) !== saved;

  function makeId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function remember() {
    try {
      localStorage.setItem(place, JSON.stringify({ ...written(), listener, saved }));
    } catch {
      if (!isForgetful) say("Your browser won't remember these comments. Save them as a file before you close this page.");
      isForgetful = true;
    }
  }

  // Another page of the same browser may have written there: only what fits is taken.
  function recall() {
    let known;
    try {
      known = JSON.parse(localStorage.getItem(place) ?? "null");
    } catch {
      return;
    }
    if (typeof known !== "object" || known === null) return;
    if (/^[0-9a-f]{32}$/.test(known.listener)) listener = known.listener;
    if (typeof known.saved === "string") saved = known.saved;
    if (typeof known.name === "string") name.value = known.name.slice(0, name.maxLength);
    if (typeof known.overall === "string") overall.value = known.overall.slice(0, overall.maxLength);
    for (const each of Array.isArray(known.moments) ? known.moments.slice(0, maxMarks) : []) {
      if (Number.isFinite(each?.at) && typeof each.comment === "string") add(each.at, each.comment.slice(0, maxComment));
    }
    fold.open = !isEmpty(written());
  }

  function save() {
    const now = written();
    if (isEmpty(now)) {
      say("Mark a moment or write a comment first.");
      return;
    }
    const saved_at = new Date().toISOString().replace("Z", "+00:00");
    const text = JSON.stringify({ format, version, recording, listener, saved_at, ...now }, null, 1);
    const link = element("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // ms; some browsers begin to read it late
    saved = JSON.stringify(now);
    remember();
    say(`Saved as ${file}. Now send this file back.`);
  }

  const say = (text) => { said.textContent = text; };
  const changed = () => {
    none.hidden = marks.length > 0;
    fold.classList.toggle("empty", isEmpty(written()));
    find(".who").textContent = `Comments from ${oneLine(name.value) || "a listener"}`;
    find(".in-all").textContent = overall.value.trim();
    for (const each of marks) each.item.querySelector(".printed").textContent = `${clock(each.at)} ${each.comment}`;
    remember();
  };

  // Marks

  function add(at, comment = "") {
    const mark = { at: bound(at), comment };
    mark.item = draw(mark);
    marks.push(mark);
    sort();
    return mark;
  }

  const bound = (at) => Math.floor(100 * Math.min(Math.max(at, 0), duration)) / 100;

  function sort() {
    marks.sort((one, other) => one.at - other.at);
    const focused = document.activeElement;
    marks.forEach(({ item }, at) => { if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null); });
    if (list.contains(focused)) focused.focus();
  }

  function mark(at) {
    fold.open = true;
    if (marks.length >= maxMarks) {
      say(`You've marked ${maxMarks} moments, as many as fit into one file.`);
      return;
    }
    audio.pause();
    undoButton.hidden = true;
    const made = add(at);
    changed();
    say(`Marked ${clock(made.at)}. Write your comment.`);
    made.item.querySelector("textarea").focus();
  }

  function draw(mark) {
    const item = element("li");
    const row = element("p", "row");
    const play = button("play", "", () => hear(mark));
    const earlier = button("", "1 s earlier", () => shift(mark, -1));
    const later = button("", "1 s later", () => shift(mark, 1));
    const remove = button("remove", "Delete", () => forget(mark));
    row.append(play, earlier, later, remove, element("span", "small quote"));
    const text = element("textarea");
    text.rows = 2;
    text.maxLength = maxComment;
    text.value = mark.comment;
    text.addEventListener("input", () => { mark.comment = text.value; changed(); });
    text.addEventListener("focus", () => audio.pause());
    item.append(row, text, element("p", "printed"));
    label(mark, item);
    return item;
  }

  function label(mark, item = mark.item) {
    const [play, earlier, later, remove] = item.querySelectorAll("button");
    const time = clock(mark.at);
    play.textContent = `▶ ${time}`;
    play.setAttribute("aria-label", `Play the moment at ${time}`);
    earlier.setAttribute("aria-label", `Mark at ${time}: 1 s earlier`);
    later.setAttribute("aria-label", `Mark at ${time}: 1 s later`);
    remove.setAttribute("aria-label", `Delete the mark at ${time}`);
    item.querySelector("textarea").setAttribute("aria-label", `Your comment at ${time}`);
    item.querySelector(".quote").textContent = quote(mark.at);
  }

  function quote(at) {
    const first = words.findIndex((word) => Number(word.dataset.end) > at);
    const spoken = first < 0 ? [] : words.slice(first, first + QUOTED).filter((word) => Number(word.dataset.start) < at + PLAYED);
    return spoken.length ? `“${spoken.map((word) => word.textContent).join(" ")} …”` : "";
  }

  function shift(mark, seconds) {
    mark.at = bound(mark.at + seconds);
    label(mark);
    sort();
    changed();
    say(`Moved to ${clock(mark.at)}.`);
    hear(mark);
  }

  function forget(mark) {
    const at = marks.indexOf(mark);
    const hadFocus = mark.item.contains(document.activeElement);
    marks.splice(at, 1);
    mark.item.remove();
    deleted = mark;
    undoButton.hidden = false;
    changed();
    say(`Deleted the mark at ${clock(mark.at)}.`);
    if (hadFocus) undoButton.focus();
  }

  const hear = ({ at }) => document.dispatchEvent(new CustomEvent("hear", { detail: { start: at, end: at + PLAYED } }));
  const markWord = () => { if (chosen) mark(Number(chosen.dataset.start)); };

  function button(className, text, press) {
    const made = element("button", className);
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", press);
    return made;
  }

  function element(name, className = "") {
    const made = document.createElement(name);
    made.className = className;
    return made;
  }

  const clock = (time) => `${Math.floor(time / 60)}:${String(Math.floor(time % 60)).padStart(2, "0")}`;

  fold.hidden = false;
  recall();
  changed();
  name.addEventListener("input", changed);
  overall.addEventListener("input", changed);
  find(".save").addEventListener("click", save);
  markButton.addEventListener("click", () => mark(audio.paused ? audio.currentTime : audio.currentTime - REACTION));
  wordButton.addEventListener("click", markWord);
  playButton.addEventListener("click", () => { if (audio.paused) audio.play(); else audio.pause(); });
  undoButton.addEventListener("click", () => {
    undoButton.hidden = true;
    const back = add(deleted.at, deleted.comment);
    changed();
    say(`The mark at ${clock(back.at)} is back.`);
    back.item.querySelector("textarea").focus();
  });
  for (const [event, text] of [["play", "❚❚ Pause"], ["pause", "▶ Play"]]) {
    audio.addEventListener(event, () => { playButton.textContent = text; });
  }
  transcript.addEventListener("chosen", ({ detail }) => {
    chosen = detail;
    wordButton.hidden = false;
    wordButton.textContent = `Mark “${chosen.textContent}”`;
  });
  transcript.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "m" || event.ctrlKey || event.metaKey || event.altKey) return;
    chosen = event.target.closest("[data-start]");
    event.preventDefault();
    markWord();
  });
  const fit = () => document.documentElement.classList.toggle("marking", fold.open);
  fold.addEventListener("toggle", fit);
  fit();
  addEventListener("beforeunload", (event) => {
    if (!isUnsaved()) return;
    event.preventDefault();
    event.returnValue = true; // what older browsers look at
  });
})();
