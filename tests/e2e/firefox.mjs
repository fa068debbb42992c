// The way from the first word to the report in Firefox, driven over WebDriver BiDi; tests/e2e/test_firefox.py starts it.
// Each step is told on a line of its own, and what is to happen outside is waited for on the standard input.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [packages, firefox, address] = process.argv.slice(2);
const { default: puppeteer } = await import(createRequire(`${packages}/`).resolve("puppeteer-core"));
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const tell = (step, value) => console.log(JSON.stringify({ step, value }));

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: firefox,
  headless: true,
  extraPrefsFirefox: { "media.navigator.streams.fake": true, "media.navigator.permission.disabled": true },
});
try {
  const page = await browser.newPage();
  const errors = [];
  const isOfServer = /connection to ws|connection to the server/; // which was killed
  page.on("pageerror", (error) => isOfServer.test(String(error)) || errors.push(String(error)));
  await page.goto(address);

  const read = (selector, property) => page.evaluate((wanted, name) => {
    const roots = [...document.querySelectorAll("*")].map((each) => each.shadowRoot).filter(Boolean);
    const found = [document, ...roots].map((root) => root.querySelector(wanted)).find(Boolean);
    if (!found) return null;
    return name === "place" ? (({ x, y, width, height }) => [x + width / 2, y + height / 2])(
      (found.scrollIntoView({ block: "center" }), found.getBoundingClientRect())) : found.dataset[name] ?? found[name];
  }, selector, property);
  const until = async (what, holds) => {
    const end = Date.now() + 150_000;
    for (;;) {
      const value = await holds().catch(() => null);
      if (value) return value;
      if (Date.now() > end) {
        const shown = await page.evaluate(() => document.body.innerText);
        throw new Error(`it never held: ${what}; ${errors.join("; ")}; on the page: ${shown}`);
      }
      await new Promise((done) => { setTimeout(done, 100); });
    }
  };
  const seconds = async () => Number(await read(".recorder .time", "seconds"));
  const press = async () => page.mouse.click(...await read(".recorder .record", "place"));

  await until("the recorder is there", () => read(".recorder .record", "place"));
  await press();
  await until("sound comes", async () => await seconds() >= 2);
  tell("recording", await seconds());
  await lines.next(); // the server was killed and started anew
  const before = await seconds();
  await until("it is heard again", async () => /^Recording/.test(await read(".recorder .told", "textContent")));
  await until("sound goes on", async () => await seconds() >= before + 1);
  const said = await seconds();
  await press();
  await until("it is stopped", async () => (await read(".recorder .label", "textContent")) !== "Stop recording");
  tell("stopped", said);
  await until("the report", () => page.evaluate(() => [...document.querySelectorAll("h1, h2, h3")].some(
    (each) => each.textContent === "Your report")));
  tell("report", errors);
} finally {
  await browser.close();
}
