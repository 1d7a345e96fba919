// What `fleuron new` writes: installed by npm, built by Vite, and used in Chromium.
import { join } from "node:path";
import { launchChromium } from "@fleuron/chromium";
import { startStaticServer } from "@fleuron/testing";
import { expect, it } from "vitest";
import { main } from "../../fleuron.js";
import { filesOf } from "./files-of.js";
import { openLab } from "./npm.js";

it("is built, and names a photo that a visitor chooses", async () => {
  await using lab = await openLab();
  const fleuron = (...words: string[]) => lab.run("node", [main, ...words]);
  const size = "--epochs 1 --width 0.1 --image-size 67".split(" ");
  await fleuron("train", "--data", "photos", ...size);
  await fleuron("new", "page");
  const tarballs = ["@fleuron/model", "@fleuron/graph", "@fleuron/runtime-web"].map(
    (name) => lab.tarballs.get(name)!,
  );
  await lab.install("page", tarballs);
  await lab.run("npm", ["run", "build"], { place: "page" });

  await using site = await startStaticServer({ files: await filesOf(join(lab.folder, "page/dist")) });
  const browser = await launchChromium();
  const tab = await browser.newPage();
  await tab.goto(`${site.url}/index.html`);
  await tab.locator("#photo:enabled").setInputFiles(join(lab.folder, "photos/aster/0.jpg"));
  await expect.poll(() => tab.locator("#labels li").count(), { timeout: 600_000 }).toBe(2);
  expect(await tab.locator("#labels li").first().textContent()).toMatch(/^(aster|bluebell) \d+\.\d%$/);
  await browser.close();
});
