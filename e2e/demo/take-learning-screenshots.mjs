// The pictures of the page that learns: node e2e/demo/take-learning-screenshots.mjs URL PHOTOS FOLDER, with `pnpm demo`
// running at URL and a folder per class in PHOTOS, such as `fleuron data make` draws.
import { join } from "node:path";
import { launchChromium } from "@fleuron/chromium";
import sharp from "sharp";

const [url, photos, folder] = process.argv.slice(2);
if (!url || !photos || !folder) throw new Error("usage: take-learning-screenshots.mjs URL PHOTOS FOLDER");

const viewport = { width: 1280, height: 900 };
/** The epoch in which the picture is taken: the curves have a shape by then. */
const EPOCH = 22;

const browser = await launchChromium({ webgpu: false });
const page = await browser.newPage({ viewport, reducedMotion: "reduce" });
page.setDefaultTimeout(600_000);
await page.goto(new URL("learn.html", url).href);
await page.locator("#choose-folder").setInputFiles(photos);
await page.getByRole("radio", { name: "nothing" }).check();
await page.getByRole("button", { name: "Start training" }).click();
await page
  .locator("#course-words")
  .getByText(new RegExp(`^Epoch ${EPOCH} of`))
  .waitFor();
await page.evaluate(() => document.activeElement?.blur());
const bottom = await page.locator("#course").evaluate((part) => part.getBoundingClientRect().bottom);
await page.evaluate(() => scrollTo(0, 0));
await page.setViewportSize({ ...viewport, height: Math.ceil(bottom) });
for (const colorScheme of ["light", "dark"]) {
  await page.emulateMedia({ colorScheme });
  const picture = await page.locator(".sheet").screenshot();
  const file = join(folder, `demo-learning-${colorScheme}.png`);
  await sharp(picture).png({ palette: true, quality: 90, effort: 10 }).toFile(file);
}
await browser.close();
