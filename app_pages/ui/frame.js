// What surrounds the page and Streamlit draws without a name or a sign: the menu of a phone gets its name, the group of
// the page that is open its mark, and the address of the demo keeps saying so, so that a reload stays in it.

const DEMO = "demo";
const frame = { section: "", isDemo: false };
let observer = null;

export default function ({ data: [data] }) {
  frame.section = data.section;
  frame.isDemo = data.isDemo;
  observer ??= observe();
  apply();
}

function observe() {
  let isWaiting = false;
  const made = new MutationObserver(() => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      apply();
    });
  });
  made.observe(document.body, { childList: true, subtree: true });
  return made;
}

function apply() {
  set('[data-testid="stExpandSidebarButton"]', "aria-label", "Open menu");
  set('[data-testid="stSidebarCollapseButton"] button', "aria-label", "Close menu");
  for (const group of document.querySelectorAll('[data-testid="stTopNavSection"]')) {
    const isHere = group.textContent.trim().startsWith(frame.section) && frame.section !== "";
    if (isHere) group.setAttribute("aria-current", "true");
    else group.removeAttribute("aria-current");
  }
  const address = new URL(location.href);
  if (address.searchParams.has(DEMO) === frame.isDemo) return;
  if (frame.isDemo) address.searchParams.set(DEMO, "1");
  else address.searchParams.delete(DEMO);
  history.replaceState(history.state, "", address); // no step more for the browser's Back
}

function set(selector, name, value) {
  const found = document.querySelector(selector);
  if (found !== null && found.getAttribute(name) !== value) found.setAttribute(name, value);
}
