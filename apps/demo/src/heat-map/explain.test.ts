import type { Classification } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import { type ExplainEvent, type Explanation, explain } from "./explain.js";
import type { Pixels } from "./occlude.js";

const WIDTH = 40;
const HEIGHT = 24;

/** Black but for a red square of 6 × 6 pixels at the right of the upper half. */
const photo: Pixels = { data: new Uint8ClampedArray(4 * WIDTH * HEIGHT), width: WIDTH, height: HEIGHT };
for (let y = 3; y < 9; y++) for (let x = 28; x < 34; x++) photo.data[4 * (y * WIDTH + x)] = 255;

/** Sees red and nothing else: "rose" is as probable as 36 pixels have red in them. */
const redness = ({ data }: Pixels) => {
  let red = 0;
  for (let at = 0; at < data.length; at += 4) red += Math.max(0, data[at]! - data[at + 1]!);
  return red / (36 * 255);
};
const batches: number[] = [];
const classify = async (photos: readonly Pixels[]): Promise<readonly Classification[]> => {
  batches.push(photos.length);
  return photos.map((pixels) => ({
    predictions: [
      { label: "rose", probability: redness(pixels) },
      { label: "other", probability: 1 - redness(pixels) },
    ],
    rejected: false,
    timings: { decode: 0, preprocess: 0, run: 0 },
  }));
};

async function all(work: AsyncGenerator<ExplainEvent, Explanation>) {
  const events: ExplainEvent[] = [];
  for (;;) {
    const { done, value } = await work.next();
    if (done) return { events, explanation: value };
    events.push(value);
  }
}

describe("explain", () => {
  it("lights what the label needs and nothing else", async () => {
    const { explanation } = await all(explain({ pixels: photo, label: "rose", classify }));
    const { columns, rows, values } = explanation.heat;
    expect([columns, rows]).toEqual([64, 38]);
    const at = (x: number, y: number) =>
      values[Math.floor((y / HEIGHT) * rows) * columns + Math.floor((x / WIDTH) * columns)]!;
    expect(at(31, 6)).toBeGreaterThan(0.6);
    expect(at(31, 20)).toBe(0);
    expect(at(5, 6)).toBe(0);
    expect(explanation).toMatchObject({ probability: 1, lowest: 0 });
  });

  it("is negative where the label gains by covering", async () => {
    const { explanation } = await all(explain({ pixels: photo, label: "other", classify }));
    expect(Math.min(...explanation.heat.values)).toBeLessThan(-0.6);
    expect(Math.max(...explanation.heat.values)).toBe(0);
  });

  it("leaves the photo as it was", async () => {
    const before = photo.data.slice();
    await all(explain({ pixels: photo, label: "rose", classify }));
    expect(photo.data).toEqual(before);
  });

  it("classifies in batches and tells how far it is, from nothing to all", async () => {
    batches.length = 0;
    const { events } = await all(explain({ pixels: photo, label: "rose", classify, batchSize: 16 }));
    const { total } = events[0]!;
    expect(events.map(({ completed }) => completed)).toEqual([
      ...Array.from({ length: Math.ceil(total / 16) }, (_, index) => 16 * index),
      total,
    ]);
    expect(batches.slice(0, 2)).toEqual([1, 16]);
    expect(batches.reduce((sum, size) => sum + size)).toBe(1 + total);
  });

  it("hands its signal on, and stops with its reason", async () => {
    const controller = new AbortController();
    const aborting = async (photos: readonly Pixels[], options?: { readonly signal?: AbortSignal }) => {
      options?.signal?.throwIfAborted();
      return classify(photos);
    };
    const work = explain({ pixels: photo, label: "rose", classify: aborting, signal: controller.signal });
    await work.next();
    const reason = new Error("closed");
    controller.abort(reason);
    await expect(work.next()).rejects.toBe(reason);
  });
});
