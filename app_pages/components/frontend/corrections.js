
// Putting words right: every word can be chosen; that plays it and opens a menu beside it, and what is chosen there is
// asked of the page, which measures again and sends new words.

const isPutRight = (piece) => Boolean(piece.note) && piece.kind !== "taken";
const isSaid = (piece) => !["possible", "pause", "taken"].includes(piece.kind);

function makeEditable(view, signal) {
  const transcript = view.root.querySelector(".transcript");
  const toggle = view.root.querySelector(".editing");
  const on = (target, event, listener) => target.addEventListener(event, listener, { signal });
  view.isEditing = false;
  on(toggle, "click", () => {
    view.isEditing = !view.isEditing;
    drawTranscript(view);
    if (view.isEditing) transcript.querySelector("[data-place]")?.focus();
  });
  on(transcript, "click", (event) => {
    const node = event.target.closest("[data-place]");
    const selection = view.root.getRootNode().getSelection?.() ?? getSelection();
    if (node && selection.isCollapsed) choose(view, node, event.detail === 0);
  });
  on(transcript, "keydown", (event) => {
    if (view.isEditing && event.target.closest("[data-place]")) walk(view, event);
  });
  on(document, "click", (event) => {
    const inside = [view.menu?.box, view.menu?.node];
    if (view.menu && !event.composedPath().some((node) => inside.includes(node))) view.menu.close();
  });
  on(document, "keydown", (event) => { if (event.key === "Escape") view.menu?.close(true); });
}

function drawTranscript(view) {
  const { root, data } = view;
  view.menu?.close();
  const ways = [...(view.player.hasSound ? ["hear"] : []), ...(data.correctable ? ["correct"] : [])];
  root.querySelector(".ways").textContent = ways.length ? `Click a word to ${ways.join(" or ")} it.` : "";
  const toggle = root.querySelector(".editing");
  toggle.hidden = !data.correctable;
  view.isEditing &&= data.correctable;
  toggle.setAttribute("aria-pressed", String(view.isEditing));
  const nodes = view.pieces.flatMap((piece) => [pieceNode(piece, view), " "]);
  const transcript = root.querySelector(".transcript");
  transcript.classList.toggle("words-are-buttons", view.isEditing);
  transcript.replaceChildren(...nodes);
  if (view.isEditing) letTabStopAt(view, transcript.querySelector("[data-place]"));
}

// Words without a mark are text to read, and become buttons for the keyboard only where words are to be put right.
function pieceNode(piece, { isEditing, player }) {
  const isButton = isEditing || piece.kind !== "word";
  const node = element(isButton ? "button" : "span", piece.written, piece.kind === "word" ? "word" : `said-mark ${piece.kind}`);
  node.dataset.place = piece.place;
  if (isPutRight(piece)) {
    node.classList.add("put-right");
    node.append(element("sup", "✎"));
  }
  if (piece.kind === "word" && !isPutRight(piece)) return node;
  node.title = `${piece.label} at ${clock(piece.start)}`;
  if (isButton) node.setAttribute("aria-label", isEditing ? node.title : player.labelled(piece.label, piece.start));
  return node;
}

// With the keyboard: one stop for the Tab key, and the arrow keys from word to word.

function letTabStopAt(view, chosen) {
  for (const node of view.root.querySelectorAll("[data-place]")) node.tabIndex = node === chosen ? 0 : -1;
}

function walk(view, event) {
  const nodes = [...view.root.querySelectorAll("[data-place]")];
  const here = nodes.indexOf(event.target.closest("[data-place]"));
  const steps = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: nodes.length - 1 };
  const next = nodes[steps[event.key]];
  if (!next) return;
  event.preventDefault();
  letTabStopAt(view, next);
  next.focus();
}

const nodeAt = (view, place) => view.root.querySelector(`[data-place="${place}"]`);

function focusedTime(view) {
  const place = view.menu?.node.dataset.place ?? view.root.getRootNode().activeElement?.dataset?.place;
  return place === undefined ? (view.asked ?? null) : view.pieces[place].start;
}

function focusAt(view, time) {
  view.asked = null;
  const piece = view.pieces.findLast((each) => each.start <= time + 1e-6) ?? view.pieces[0];
  const node = piece && nodeAt(view, piece.place);
  if (!node) return;
  if (view.isEditing) letTabStopAt(view, node);
  else if (piece.kind === "word") node.tabIndex = -1;
  node.focus({ preventScroll: true });
}

// The menu

function choose(view, node, byKeyboard) {
  const piece = view.pieces[node.dataset.place];
  const wasOpen = view.menu?.node === node;
  view.menu?.close();
  view.player.play(piece.start, piece.end, uncapitalised(piece.label));
  if (!view.data.correctable || piece.kind === "pause" || wasOpen) return;
  if (view.isEditing) letTabStopAt(view, node);
  view.unfold(); // the menu needs room
  view.menu = openMenu(view, node, piece);
  if (byKeyboard) view.menu.box.querySelector("button").focus();
}

function openMenu(view, node, piece) {
  const box = element("div", "", "menu");
  const menu = { box, node };
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", `${piece.label} at ${clock(piece.start)}`);
  menu.close = (isBack = false) => {
    box.remove();
    view.root.querySelector(".said").style.paddingBottom = "";
    view.menu = null;
    node.classList.remove("chosen");
    if (isBack) focusNode(node);
  };
  menu.place = () => placeMenu(view.root.querySelector(".said"), node, box);
  box.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the page has keys of its own: r and c
    if (event.key === "Escape") menu.close(true);
  });
  box.append(...menuContent(view, piece, menu));
  node.classList.add("chosen");
  node.after(box);
  menu.place();
  box.scrollIntoView({ block: "nearest" });
  return menu;
}

function focusNode(node) {
  if (node.tagName === "SPAN") node.tabIndex = -1;
  node.focus();
}

function placeMenu(said, node, box) {
  said.style.paddingBottom = "";
  const frame = said.getBoundingClientRect();
  const word = [...node.getClientRects()].at(-1);
  const left = Math.min(word.left - frame.left, said.clientWidth - box.offsetWidth);
  const top = word.bottom - frame.top + 6;
  Object.assign(box.style, { left: `${Math.max(0, left)}px`, top: `${top}px` });
  const missing = top + box.offsetHeight - frame.height;
  if (missing > 0) said.style.paddingBottom = `${missing}px`;
}

function menuContent(view, piece, menu) {
  const title = element("p", `“${plain(piece.text)}” at ${clock(piece.start)}`, "title");
  const note = piece.note ? [element("p", sentence(piece.note), "note")] : [];
  const ask = (action, after, place) => {
    view.asked = piece.start;
    menu.close();
    view.root.querySelector(".now").textContent = "Updating with your correction…";
    const { start, end, text } = piece;
    view.ask({ action, start, end, before: text, after: after ?? null, place: place ?? null, at: Date.now() });
  };
  const play = element("div", "", "row");
  if (view.player.hasSound) play.append(
    menuButton("▶ Again", () => view.player.play(piece.start, piece.end, uncapitalised(piece.label))),
    menuButton("▶ Play from here", () => view.player.play(piece.start, null, "from here")),
  );
  play.append(menuButton("Close", () => menu.close(true)));
  const rows = element("div", "", "choices-of-word");
  rows.append(...choicesFor(piece, view).map(([text, ...asked]) => menuButton(text, () => ask(...asked))));
  const canBeFixed = piece.kind !== "possible" && piece.kind !== "taken";
  return [title, ...note, play, ...(canBeFixed ? [fixForm(piece, ask)] : []), rows];
}

function fixForm(piece, ask) {
  const form = element("form", "", "fix");
  const label = element("label", "What you said");
  const input = element("input");
  Object.assign(input, { value: piece.text, autocomplete: "off", spellcheck: true, maxLength: 500 });
  label.append(input);
  const save = element("button", "Save");
  form.append(label, save);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim() !== piece.text) ask("change_word", input.value);
    else input.focus();
  });
  return form;
}

function choicesFor(piece, view) {
  const { kind, text } = piece;
  const said = plain(text);
  if (kind === "possible") return [[`Yes, count “${said}”`, "accept_possible", text], ["No, leave it out", "refuse_possible"]];
  if (kind === "taken") return piece.was_sound ? [[`I did say “${said}”`, "add_filler", text, "here"]] : [];
  const isLast = piece.end >= Math.max(...view.pieces.filter(isSaid).map((word) => word.end));
  return [
    ...ofKind(piece),
    ...(piece.heard ? [[`Back to “${plain(piece.heard)}”`, "change_word", piece.heard]] : []),
    ["Add an “um” before this", "add_filler", "um", "before"],
    ...(isLast ? [["Add an “um” after this", "add_filler", "um", "after"]] : []),
  ];
}

function ofKind({ kind, text, is_sure: isSure }) {
  const said = plain(text);
  switch (kind) {
    case "filler_sound": return [
      ...(isSure ? [] : [[`Yes, I said “${said}”`, "confirm_filler", text]]),
      [`I didn't say “${said}”`, "remove_filler"],
    ];
    case "filler_word": return [["It isn't a filler here", "unmark_filler", text], ["I didn't say this", "change_word"]];
    default: return [["It's a filler word here", "mark_filler", text], ["I didn't say this", "change_word"]];
  }
}

function menuButton(text, act) {
  const button = element("button", text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

// Words as they are spoken, without what the recogniser puts around them.
const plain = (text) => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}%]+$/gu, "") || text;
const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}.`;
