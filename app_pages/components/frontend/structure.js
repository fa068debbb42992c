// What was heard in an answer, a line each; a button plays the moment with the player of the answer on the same page
// (player.js), through play_buttons.js. Everything that was said or typed is set as text, never as markup.

export default function ({ data: [data], parentElement }) {
  return drawOnce(parentElement.querySelector(".heard"), data, (place) => data.lines.map((each) => drawLine(each, place)));
}

function drawLine(line, place) {
  const item = element("li", "", line.state);
  const head = element("p", "", "head");
  const sign = element("span", line.sign, "sign");
  sign.setAttribute("aria-hidden", "true"); // the word after it says the same
  head.append(sign, element("span", line.label, "label"), `: ${line.says}`);
  item.append(head);
  if (line.share !== null) item.append(drawShare(line.share));
  if (line.text !== null) {
    const said = element("p", "", "said");
    said.append(place(line, line.label, `“${line.label}”`), element("span", `“${line.text}”`));
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
