// Moments of an answer, each a button that plays it with the player of the answer on the same page (player.js), through
// play_buttons.js. Everything that was said is set as text, never as markup.

export default function ({ data: [data], parentElement }) {
  return drawOnce(parentElement.querySelector(".moments"), data, (place) => data.groups.map((each) => drawGroup(each, place)));
}

function drawGroup({ label, moments }, place) {
  const row = element("div", "", "group");
  if (label) row.append(element("span", label, "label"));
  for (const moment of moments) {
    const what = moment.name || label || moment.text || "Moment";
    row.append(place(moment, what, what));
    if (moment.text) row.append(element("span", moment.text, moment.name ? "comment" : "quote"));
  }
  return row;
}
