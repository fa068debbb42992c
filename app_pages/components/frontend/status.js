// What happened on the page, for screen readers. The region is there before it is written to: only then is it said.

export default function ({ data: [data], parentElement }) {
  const region = parentElement.querySelector(".status");
  setTimeout(() => {
    if (region.textContent !== data.text) region.textContent = data.text;
  }, 100);
}
