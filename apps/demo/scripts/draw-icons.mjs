import { join } from "node:path";
import sharp from "sharp";

/** Icons of the installed page, in the sizes that Chromium and iOS ask for. */
export async function drawIcons(svg, folder) {
  for (const size of [180, 192, 512]) {
    await sharp(svg, { density: 300 })
      .resize(size, size)
      .png()
      .toFile(join(folder, `icon-${size}.png`));
  }
}
