// What resize.py does, by a page in Chromium.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launchChromium } from "../../packages/chromium/dist/index.js";

const methods = ["drawImage", "bitmap-low", "bitmap-high"];

export async function resizeInChromium({ photos, side, out }) {
  const browser = await launchChromium({ webgpu: false });
  try {
    const tab = await browser.newPage();
    const resized = Object.fromEntries(methods.map((method) => [method, []]));
    for (const { file } of photos) {
      const png = (await readFile(file)).toString("base64");
      const here = await tab.evaluate(resizePhoto, { png, side });
      for (const method of methods) resized[method].push(Buffer.from(here[method], "base64"));
    }
    for (const method of methods) await writeFile(join(out, `${method}.rgb`), Buffer.concat(resized[method]));
    return browser.version().split(".")[0];
  } finally {
    await browser.close();
  }
}

/** Runs in the page: the levels by each method, in base64. */
async function resizePhoto({ png, side }) {
  const blob = await (await fetch(`data:image/png;base64,${png}`)).blob();
  const photo = await createImageBitmap(blob);
  const scale = side / Math.min(photo.width, photo.height);
  const [width, height] = [Math.round(photo.width * scale), Math.round(photo.height * scale)];
  const levelsOf = (image) => {
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context.drawImage(image, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    let text = "";
    for (let at = 0; at < data.length; at += 4)
      text += String.fromCharCode(data[at], data[at + 1], data[at + 2]);
    return btoa(text);
  };
  const bitmap = (resizeQuality) =>
    createImageBitmap(blob, { resizeWidth: width, resizeHeight: height, resizeQuality });
  return {
    drawImage: levelsOf(photo),
    "bitmap-low": levelsOf(await bitmap("low")),
    "bitmap-high": levelsOf(await bitmap("high")),
  };
}
