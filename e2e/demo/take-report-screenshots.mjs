// The top of a run's report, down to its curves and without a photo: node e2e/demo/take-report-screenshots.mjs REPORT FOLDER
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launchChromium } from "@fleuron/chromium";
import sharp from "sharp";

const [report, folder] = process.argv.slice(2);
if (!report || !folder) throw new Error("usage: take-report-screenshots.mjs REPORT FOLDER");

const viewport = { width: 1280, height: 900 };
const MARGIN = 28;

const browser = await launchChromium({ webgpu: false });
const page = await browser.newPage({ viewport });
await page.goto(pathToFileURL(resolve(report)).href);
const curves = page.locator("figure", { has: page.getByRole("heading", { name: "Loss", exact: true }) });
const bottom = await curves.evaluate((part) => part.getBoundingClientRect().bottom);
await page.setViewportSize({ ...viewport, height: Math.ceil(bottom) + MARGIN });
for (const colorScheme of ["light", "dark"]) {
  await page.emulateMedia({ colorScheme });
  const file = join(folder, `report-curves-${colorScheme}.png`);
  await sharp(await page.screenshot())
    .png({ palette: true, quality: 90, effort: 10 })
    .toFile(file);
}
await browser.close();
