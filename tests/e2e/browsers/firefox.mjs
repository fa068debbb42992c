// The way from the first word to the report in Firefox; tests/e2e/browsers/test_firefox.py starts it. What is to happen outside is
// waited for on the standard input.
import { createInterface } from "node:readline";
import { tell, until, withPage } from "./firefox_page.mjs";

const [packages, firefox, address] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const microphone = { "media.navigator.streams.fake": true, "media.navigator.permission.disabled": true };

await withPage(packages, firefox, microphone, async (page, errors) => {
  await page.goto(address);

  const read = (selector, property) => page.evaluate((wanted, name) => {
    const roots = [...document.querySelectorAll("*")].map((each) => each.shadowRoot).filter(Boolean);
    const found = [document, ...roots].map((root) => root.querySelector(wanted)).find(Boolean);
    if (!found) return null;
    return name === "place" ? (({ x, y, width, height }) => [x + width / 2, y + height / 2])(
      (found.scrollIntoView({ block: "center" }), found.getBoundingClientRect())) : found.dataset[name] ?? found[name];
  }, selector, property);
  const seconds = async () => Number(await read(".recorder .time", "seconds"));
  const press = async () => page.mouse.click(...await read(".recorder .record", "place"));

  await until(page, "the recorder is there", () => read(".recorder .record", "place"));
  await press();
  await until(page, "sound comes", async () => await seconds() >= 2);
  tell("recording", await seconds());
  await lines.next(); // the server was killed and started anew
  const before = await seconds();
  await until(page, "it is heard again", async () => /^Recording/.test(await read(".recorder .told", "textContent")));
  await until(page, "sound goes on", async () => await seconds() >= before + 1);
  const said = await seconds();
  await press();
  await until(page, "it is stopped", async () => (await read(".recorder .label", "textContent")) !== "Stop recording");
  tell("stopped", said);
  await until(page, "the report", () => page.evaluate(() => [...document.querySelectorAll("h1, h2, h3")].some(
    (each) => each.textContent === "Your report")));
  const isOfServer = /connection to ws|connection to the server/; // which was killed
  tell("report", errors.filter((error) => !isOfServer.test(error)));
});
