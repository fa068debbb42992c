// Prints a document in a frame that nobody sees; the document's own policy decides what may load in it.
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = () => {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-same-origin allow-modals"); // no script of the page may run
    frame.setAttribute("aria-hidden", "true");
    frame.style.cssText = "position: fixed; width: 0; height: 0; border: 0;";
    frame.srcdoc = data.page;
    frame.onload = () => {
      frame.contentWindow.addEventListener("afterprint", () => frame.remove());
      frame.contentWindow.focus();
      frame.contentWindow.print();
    };
    document.body.append(frame);
  };
}
