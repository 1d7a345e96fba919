// `node resize-in-node.mjs PROGRAM MODULES PHOTOS COUNT SIDE OUT`: what resize.py does, by a program of Node in the folder MODULES.
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [name, given, photos, count, side, out] = process.argv.slice(2);
const modules = resolve(given);
const require = createRequire(join(modules, "package.json"));
const versionOf = (module) =>
  JSON.parse(readFileSync(join(modules, "node_modules", module, "package.json"), "utf8")).version;

const programs = {
  sharp: {
    module: "sharp",
    async methods() {
      const sharp = require("sharp");
      const by = (options) => async (file, width, height) =>
        sharp(file)
          .resize(width, height, { fit: "fill", ...options })
          .removeAlpha()
          .raw()
          .toBuffer();
      return { default: by({}), linear: by({ kernel: "linear" }), cubic: by({ kernel: "cubic" }) };
    },
  },
  "transformers.js": {
    module: "@huggingface/transformers",
    async methods() {
      const { RawImage } = await import(pathToFileURL(require.resolve("@huggingface/transformers")).href);
      const by = (resample) => async (file, width, height) => {
        const photo = await RawImage.fromBlob(new Blob([readFileSync(file)]));
        return Uint8Array.from((await photo.rgb().resize(width, height, { resample })).rgb().data);
      };
      return { bilinear: by(2), bicubic: by(3) };
    },
  },
  tfjs: {
    module: "@tensorflow/tfjs",
    async methods() {
      const [tf, sharp] = [require("@tensorflow/tfjs"), require("sharp")];
      return {
        bilinear: async (file, width, height) => {
          const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
          const levels = tf.tensor3d(data, [info.height, info.width, 3], "int32");
          const resized = tf.image.resizeBilinear(levels, [height, width]);
          const rounded = resized.round().clipByValue(0, 255);
          const values = Uint8Array.from(await rounded.data());
          tf.dispose([levels, resized, rounded]);
          return values;
        },
      };
    },
  },
};

const { module, methods } = programs[name];
for (const [method, resize] of Object.entries(await methods())) {
  const resized = [];
  for (let at = 0; at < Number(count); at++) {
    const file = join(photos, `${at}.png`);
    resized.push(await resize(file, ...sidesOf(readFileSync(file))));
  }
  await writeFile(join(out, `${method}.rgb`), Buffer.concat(resized));
}
process.stdout.write(`${JSON.stringify({ version: versionOf(module) })}\n`);

/** The sides of a PNG whose shorter one has become SIDE pixels. */
function sidesOf(png) {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const scale = Number(side) / Math.min(width, height);
  return [Math.round(width * scale), Math.round(height * scale)];
}
