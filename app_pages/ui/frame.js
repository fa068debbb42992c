// What Streamlit draws without a name or a sign: the menu of a phone gets its name, the group of the page that is open
// its mark, a date its words, and names lose the signs of Markdown; and the address of the demo keeps saying so, so that
// a reload stays in it.

const DEMO = "demo";
const NO_DATE = "Choose a date";
const DATE_PARTS = ["year", "month", "day"];
const ESCAPED = /\\([\\`*_{}[\]()#+\-.!|<>~$:&@])/g; // as app_pages/ui/wording.py writes it
const NAMES = new WeakMap(); // by element: its name without the signs of Markdown
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
  made.observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-valuenow", "data-placeholder"] });
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
  sayDates();
  sayNames();
  const address = new URL(location.href);
  if (address.searchParams.has(DEMO) === frame.isDemo) return;
  if (frame.isDemo) address.searchParams.set(DEMO, "1");
  else address.searchParams.delete(DEMO);
  history.replaceState(history.state, "", address); // no step more for the browser's Back
}

// While nobody types in it, a field shows its date in words, which theme.css draws over the numbers.
function sayDates() {
  for (const field of document.querySelectorAll('[data-testid="stDateInputFieldsScroller"]')) {
    const parts = DATE_PARTS.map((name) => field.querySelector(`[data-type="${name}"]:not([data-placeholder="true"])`));
    const words = parts.every(Boolean) ? inWords(parts.map(readNumber)) : parts.some(Boolean) ? "" : NO_DATE;
    if (field.dataset.words !== words) field.dataset.words = words;
  }
}

// A label that shows what the user wrote as it is has a backslash before each sign, which its name would keep.
function sayNames() {
  for (const each of document.querySelectorAll('[aria-label*="\\\\"]')) {
    const name = each.getAttribute("aria-label");
    if (NAMES.get(each) === name) continue; // what is left in it was written
    NAMES.set(each, name.replace(ESCAPED, "$1"));
    each.setAttribute("aria-label", NAMES.get(each));
  }
}

const readNumber = (part) => Number(part.getAttribute("aria-valuenow") ?? part.textContent);

function inWords([year, month, day]) {
  const date = new Date(year, month - 1, day);
  date.setFullYear(year); // the years 0 to 99 would be those of a century
  const part = (options) => date.toLocaleDateString("en-GB", options);
  return `${part({ weekday: "long" })} ${day} ${part({ month: "long" })} ${year}`;
}

function set(selector, name, value) {
  const found = document.querySelector(selector);
  if (found !== null && found.getAttribute(name) !== value) found.setAttribute(name, value);
}
