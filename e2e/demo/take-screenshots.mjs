// The pictures of the page in the readme: node e2e/demo/take-screenshots.mjs URL FOLDER, with `pnpm demo` running at URL.
import { join } from "node:path";
import { launchChromium } from "@fleuron/chromium";
import sharp from "sharp";

const [url, folder] = process.argv.slice(2);
if (!url || !folder) throw new Error("usage: take-screenshots.mjs URL FOLDER");

const viewport = { width: 1280, height: 900 };
/** The sample picture that is explained. */
const SAMPLE = "Sample picture 3";
const MARGIN = 28;

const browser = await launchChromium({ webgpu: false });
const page = await browser.newPage({ viewport, reducedMotion: "reduce" });
page.setDefaultTimeout(300_000);
await page.goto(url);
await page.locator(".load-words").getByText("Ready after").waitFor();
// A second visit: the time until it is ready is that of a model that is stored.
await page.reload();
await page.getByRole("button", { name: SAMPLE, exact: true }).click();
await page.locator('#gallery .specimen[aria-busy="false"]').filter({ hasText: SAMPLE }).waitFor();
await page.getByRole("button", { name: "Why?" }).click();
await page.locator(".why").getByText("Bright areas favour").waitFor();
await page.evaluate(() => {
  document.activeElement?.blur();
  scrollTo(0, 0);
});
const bottom = await page.locator("#gallery").evaluate((part) => part.getBoundingClientRect().bottom);
await page.setViewportSize({ ...viewport, height: Math.ceil(bottom) + MARGIN });
for (const colorScheme of ["light", "dark"]) {
  await page.emulateMedia({ colorScheme });
  const file = join(folder, `demo-${colorScheme}-desktop.png`);
  await sharp(await page.screenshot())
    .png({ palette: true, quality: 90, effort: 10 })
    .toFile(file);
}
await browser.close();
