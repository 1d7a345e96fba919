// What a resize changes: levels, and the names that the network gives.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { normalise, preprocess } from "../../packages/model/dist/index.js";
import { decodePhoto, openOnnxModel } from "../../packages/runtime-node/dist/index.js";

/** What a photo becomes that is prepared otherwise than the network has learnt. */
const mistakes = {
  "blue first": () => ({ channelOrder: "bgr" }),
  "levels ÷ 255 and nothing else": () => ({ scale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] }),
  "levels ÷ 127.5 − 1": () => ({ scale: 1 / 255, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }),
  "the whole photo, squashed": ({ resize: { filter } }) => ({ resize: { fit: "squash", filter } }),
  "the centre without the margin that is cut off": ({ size, resize }) => ({
    resize: { ...resize, resizeTo: size },
  }),
};

/** The middle of each photo as a method has resized it, as the network's input takes it. */
export async function centresIn(out, method, photos, { size, resize }) {
  const levels = await readFile(join(out, `${method}.rgb`));
  let at = 0;
  const centres = [];
  for (const { width, height } of photos) {
    const scale = resize.resizeTo / Math.min(width, height);
    const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
    const [left, top] = [(across - size) >> 1, (down - size) >> 1];
    const data = Buffer.alloc(size * size * 3);
    for (let row = 0; row < size; row++) {
      const from = at + ((top + row) * across + left) * 3;
      levels.copy(data, row * size * 3, from, from + size * 3);
    }
    centres.push({ width: size, height: size, data });
    at += across * down * 3;
  }
  if (at !== levels.length) throw new Error(`${method}: ${levels.length} bytes in the place of ${at}`);
  return centres;
}

export function differenceOfLevels(centres, reference) {
  let [sum, count, largest] = [0, 0, 0];
  for (const [at, { data }] of centres.entries())
    for (const [index, level] of data.entries()) {
      const difference = Math.abs(level - reference[at].data[index]);
      sum += difference;
      count++;
      largest = Math.max(largest, difference);
    }
  return { mean: sum / count, largest };
}

/** Names photos by a bundle's network, and counts what it names otherwise than it should. */
export async function openNaming(bundle, photos) {
  const { models, labels, preprocessing } = bundle.manifest;
  const model = await openOnnxModel(
    bundle,
    models.find(({ precision }) => precision === "float32"),
  );
  const nameOf = async (input) => {
    const probabilities = await model.run(input);
    return labels[probabilities.indexOf(Math.max(...probabilities))];
  };
  const count = (names, reference) => ({
    otherwise: names.filter((name, at) => name !== reference[at]).length,
    right: names.filter((name, at) => name === photos[at].label).length,
  });
  return {
    count,
    async ofCentres(centres) {
      const names = [];
      for (const centre of centres) {
        const input = new Float32Array(centre.data.length);
        normalise(centre, preprocessing, input, 0);
        names.push(await nameOf(input));
      }
      return names;
    },
    async ofMistakes() {
      const named = async (specification) => {
        const names = [];
        for (const { file } of photos)
          names.push(await nameOf(preprocess(await decodePhoto(await readFile(file)), specification)));
        return names;
      };
      const rightly = await named(preprocessing);
      const rows = [];
      for (const [mistake, change] of Object.entries(mistakes)) {
        const names = await named({ ...preprocessing, ...change(preprocessing) });
        rows.push({ mistake, ...count(names, rightly) });
      }
      return { right: count(rightly, rightly).right, rows };
    },
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}
