import { randomStream } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import { type MixedBatch, mixBatch } from "./mix.js";

const [size, channels, side, classes] = [5, 3, 9, 4];
const length = channels * side * side;

/** Every pixel says where it comes from; targets are one-hot with smoothing. */
function batch(photos = size): MixedBatch {
  const targets = new Float32Array(photos * classes).fill(0.025);
  for (let photo = 0; photo < photos; photo++) targets[photo * classes + ((photo * 3) % classes)]! += 0.9;
  const images = Float32Array.from({ length: photos * length }, (_, index) => index / 7);
  return { size: photos, images, targets, channels, side, classes };
}

function mixed(index: number, probability = 1) {
  const result = batch();
  const mixing = { probability, cutMixAlpha: 1, mixupAlpha: 0.2 };
  mixBatch(result, mixing, randomStream(1, "mix", 0, index));
  return result;
}

const original = batch();
const isSame = (result: MixedBatch) => result.images.every((value, at) => value === original.images[at]);

/** CutMix leaves pixels that are one photo's or the other's; mixup blends them. */
const isCut = ({ images }: MixedBatch) =>
  images.every((value, at) => value === original.images[at] || value === partnerPixel(at));
const partnerPixel = (at: number) => original.images[(at + length) % (size * length)];

const outcomes = Array.from({ length: 400 }, (_, index) => mixed(index));
const cuts = outcomes.filter((result) => isCut(result) && !isSame(result));
const blends = outcomes.filter((result) => !isCut(result));

describe("mixBatch", () => {
  it("cuts half of the batches and blends the others", () => {
    expect(cuts.length).toBeGreaterThan(150);
    expect(cuts.length).toBeLessThan(250);
    expect(blends.length).toBeGreaterThan(130);
  });

  it("changes nothing at probability 0, mixes about half at 0.5", () => {
    const changed = (probability: number) =>
      Array.from({ length: 400 }, (_, index) => mixed(index, probability)).filter((one) => !isSame(one))
        .length;
    expect(changed(0)).toBe(0);
    const [half, all] = [changed(0.5), changed(1)];
    expect(half / all).toBeGreaterThan(0.4);
    expect(half / all).toBeLessThan(0.6);
  });

  it("keeps the sum of each photo's targets", () => {
    for (const { targets } of outcomes) {
      for (let photo = 0; photo < size; photo++) {
        const sum = targets.subarray(photo * classes, (photo + 1) * classes).reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(1, 6);
      }
    }
  });

  it("cuts one rectangle, the same in all photos and channels, and mixes targets by its area", () => {
    for (const { images, targets } of cuts) {
      const cut = Array.from({ length: side * side }, (_, at) => images[at] !== original.images[at]);
      const rows = cut.flatMap((changed, at) => (changed ? [Math.floor(at / side)] : []));
      const columns = cut.flatMap((changed, at) => (changed ? [at % side] : []));
      const [top, bottom] = [Math.min(...rows), Math.max(...rows)];
      const [left, right] = [Math.min(...columns), Math.max(...columns)];
      for (let photo = 0; photo < size; photo++) {
        for (let channel = 0; channel < channels; channel++) {
          for (let y = 0; y < side; y++) {
            for (let x = 0; x < side; x++) {
              const at = ((photo * channels + channel) * side + y) * side + x;
              const inside = y >= top && y <= bottom && x >= left && x <= right;
              if (images[at] !== (inside ? partnerPixel(at) : original.images[at]))
                expect.fail(`pixel ${at}`);
            }
          }
        }
      }
      const kept = 1 - rows.length / (side * side);
      expectBlended(targets, original.targets, classes, kept);
    }
  });

  it("blends images and targets with the same share", () => {
    for (const { images, targets } of blends) {
      // Pixels differ from their partners by length ÷ 7, the last photo's by less.
      const kept = 1 - (images[0]! - original.images[0]!) / (length / 7);
      expect(Math.abs(kept - 0.5)).toBeLessThan(0.5 + 1e-6);
      expectBlended(images, original.images, length, kept, 3);
      expectBlended(targets, original.targets, classes, kept, 4);
    }
  });

  it("leaves a photo that is alone as it is", () => {
    const alone = batch(1);
    const stream = randomStream(1, "mix", 0, 0);
    mixBatch(alone, { probability: 1, cutMixAlpha: 1, mixupAlpha: 1 }, stream);
    expect(alone).toEqual(batch(1));
  });
});

function expectBlended(
  data: Float32Array,
  before: Float32Array,
  perPhoto: number,
  kept: number,
  digits = 6,
): void {
  data.forEach((value, at) => {
    const wanted = kept * before[at]! + (1 - kept) * before[(at + perPhoto) % before.length]!;
    if (Math.abs(value - wanted) > 0.5 * 10 ** -digits) expect(value).toBeCloseTo(wanted, digits);
  });
}
