// The pictures of the page in the readme: node e2e/demo/take-screenshots.mjs URL FOLDER, with `pnpm demo` running at URL.
import { join } from "node:path";
import { launchChromium } from "@fleuron/chromium";

const [url, folder] = process.argv.slice(2);
if (!url || !folder) throw new Error("usage: take-screenshots.mjs URL FOLDER");

const devices = {
  desktop: { viewport: { width: 1280, height: 900 }, deviceScaleFactor: 1 },
  phone: { viewport: { width: 375, height: 812 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};

const browser = await launchChromium({ webgpu: false });
for (const [device, options] of Object.entries(devices)) {
  const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(180_000);
  await page.goto(url);
  await page.getByRole("button", { name: "Sample picture 2" }).click();
  await page.getByRole("button", { name: "Why?" }).click();
  await page.locator("#gallery").getByText("Lit is what").waitFor();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `demo-${colorScheme}-${device}.png`), fullPage: true });
  }
  for (const sample of [1, 3, 4, 5]) {
    await page.getByRole("button", { name: `Sample picture ${sample}` }).click();
    await page.locator('#gallery .specimen[aria-busy="true"]').first().waitFor({ state: "detached" });
  }
  await page.screenshot({ path: join(folder, `demo-gallery-${device}.png`), fullPage: true });
  await context.close();
}
await browser.close();
