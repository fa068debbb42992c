// A page of a real Firefox, driven over WebDriver BiDi: what the scripts of tests/e2e/browsers/test_firefox.py share.
import { createRequire } from "node:module";

// Open a page for a script, which ends with the browser; `use` gets it with the errors it threw.
export async function withPage(packages, firefox, preferences, use) {
  const { default: puppeteer } = await import(createRequire(`${packages}/`).resolve("puppeteer-core"));
  const browser = await puppeteer.launch({
    browser: "firefox", executablePath: firefox, headless: true, extraPrefsFirefox: preferences,
  });
  try {
    const page = await browser.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await use(page, errors);
  } finally {
    await browser.close();
  }
}

// Each step is told on a line of its own.
export const tell = (step, value) => console.log(JSON.stringify({ step, value }));

// Wait until something holds, and return it.
export async function until(page, what, holds) {
  const end = Date.now() + 150_000;
  for (;;) {
    const value = await holds().catch(() => null);
    if (value) return value;
    if (Date.now() > end) {
      const shown = await page.evaluate(() => document.body.innerText);
      throw new Error(`it never held: ${what}; on the page: ${shown}`);
    }
    await new Promise((done) => { setTimeout(done, 100); });
  }
}
