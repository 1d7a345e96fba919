// What a visitor does with the page.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { LabelProbability } from "@fleuron/model";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";

/** Milliseconds; on a busy machine a page takes its time. A little less than a test may take. */
const PATIENCE = 100_000;

/** A page in a context of its own. */
export async function newPage(browser: Browser, options?: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(PATIENCE);
  return page;
}

/** Hands files to the page as a drop or as a paste does. */
export async function give(page: Page, how: "drop" | "paste", ...paths: readonly string[]): Promise<void> {
  const files = await Promise.all(
    paths.map(async (path) => ({ name: basename(path), base64: (await readFile(path)).toString("base64") })),
  );
  await page.evaluate(
    ({ how, files }) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: "image/jpeg" }));
      }
      const event =
        how === "drop"
          ? new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true })
          : new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true });
      document.querySelector("#drop")?.dispatchEvent(event);
    },
    { how, files },
  );
}

/** The newest photo comes first. */
export const specimens = (page: Page): Locator => page.locator("#gallery .specimen");

/** Waits until a specimen is named, and reads its bars. */
export async function predictionsOf(specimen: Locator): Promise<readonly LabelProbability[]> {
  await specimen.and(specimen.page().locator('[aria-busy="false"]')).waitFor();
  const names = await specimen.locator(".bars dt").allTextContents();
  const values = await specimen.locator(".bars dd").allTextContents();
  return names.map((label, index) => ({
    label,
    probability: Number(/[\d.]+/.exec(values[index] ?? "")?.[0]) / 100,
  }));
}

/** The line of "How it runs" that tells what computes. */
export const runsNow = (page: Page): Locator => page.locator("#engine-body .told dd").first();
