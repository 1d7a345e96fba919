// The pictures of the page in the readme: node e2e/demo/take-screenshots.mjs URL FOLDER, with `pnpm demo` running at URL.
import { join } from "node:path";
import { launchChromium } from "@fleuron/chromium";
import sharp from "sharp";

const [url, folder] = process.argv.slice(2);
if (!url || !folder) throw new Error("usage: take-screenshots.mjs URL FOLDER");

const devices = {
  desktop: { viewport: { width: 1280, height: 900 }, deviceScaleFactor: 1 },
  phone: { viewport: { width: 375, height: 812 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};
/** Sample pictures by their numbers: one that is explained, then all the others. */
const [EXPLAINED, ...OTHERS] = [3, 1, 2, 4, 5];
const MARGIN = 28;

const browser = await launchChromium({ webgpu: false });
for (const [device, options] of Object.entries(devices)) {
  const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);
  /** As high as is needed to see the part: a "full page" of Playwright's forgets that there is a touch screen. */
  const take = async (name, lastPart) => {
    await page.evaluate(() => scrollTo(0, 0));
    const bottom = await page.locator(lastPart).evaluate((part) => part.getBoundingClientRect().bottom);
    const height = Math.ceil(bottom) + MARGIN;
    await page.setViewportSize({ ...options.viewport, height });
    const picture = await page.screenshot();
    await page.setViewportSize(options.viewport);
    const file = join(folder, `demo-${name}-${device}.png`);
    await sharp(picture).png({ palette: true, quality: 90, effort: 10 }).toFile(file);
  };
  const addSample = async (number) => {
    await page.getByRole("button", { name: `Sample picture ${number}`, exact: true }).click();
    await page
      .locator('#gallery .specimen[aria-busy="false"]')
      .filter({ hasText: `Sample picture ${number}` })
      .waitFor();
  };
  await page.goto(url);
  await addSample(EXPLAINED);
  await page.getByRole("button", { name: "Why?" }).click();
  await page.locator(".why").getByText("Bright areas favour").waitFor();
  await page.evaluate(() => document.activeElement?.blur());
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await take(colorScheme, "#gallery");
  }
  if (device === "desktop") {
    for (const number of OTHERS) await addSample(number);
    await page.evaluate(() => document.activeElement?.blur());
    await take("gallery", ".sheet");
  }
  await context.close();
}
await browser.close();
