// A listener's way through an exported page in Firefox, on a wide screen and on one as wide as a phone's: mark a word and a
// moment, save the file, find all of it again after a reload. tests/e2e/browsers/test_firefox.py starts it.
import { tell, until, withPage } from "./firefox_page.mjs";

const [packages, firefox, address, downloads] = process.argv.slice(2);
const preferences = {
  "browser.download.folderList": 2,
  "browser.download.dir": downloads,
  "browser.download.useDownloadDir": true,
  "browser.helperApps.neverAsk.saveToDisk": "application/json",
};

await withPage(packages, firefox, preferences, async (page, errors) => {
  await page.goto(address);
  const mark = async (word, comment) => {
    const found = await page.evaluateHandle((text) => [...document.querySelectorAll(".transcript [data-start]")].find(
      (each) => each.textContent === text), word);
    await found.click();
    await page.click(".bar .mark-word");
    await page.keyboard.type(comment);
  };
  const written = () => page.evaluate(() => [...document.querySelectorAll(".marks textarea")].map((each) => each.value));

  await page.click(".listener summary");
  await page.type("#listener-name", "Sam");
  await mark("changed", "Why?");
  await page.click(".bar .playing");
  await until(page, "the sound is heard", () => page.evaluate(() => document.querySelector("audio").currentTime > 5));
  await page.click(".bar .mark");
  await page.keyboard.type("Clear.");
  await page.setViewport({ width: 390, height: 844 });
  tell("width", await page.evaluate(() => document.documentElement.scrollWidth));
  await mark("spring", "Good.");
  await page.click(".listener .save");
  tell("told", await page.evaluate(() => document.querySelector(".said").textContent));
  const before = await written();
  await page.reload();
  tell("again", [before, await until(page, "the comments", async () => {
    const found = await written();
    return found.length > 0 && found;
  })]);
  tell("errors", errors);
});
