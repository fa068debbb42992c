// Prints a document in a frame that nobody sees; the document's own policy decides what may load in it.
const FRAME = "printed-page";

export default function ({ parentElement, data: [data] }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = () => {
    document.getElementById(FRAME)?.remove(); // where the browser did not say that printing was over
    const frame = document.createElement("iframe");
    frame.id = FRAME;
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
