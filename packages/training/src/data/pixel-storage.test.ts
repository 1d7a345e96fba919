import { resizePhoto } from "@fleuron/model";
import { drawFlower } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import { isWholePhoto, storageName, storedSize, toStoredForm } from "./pixel-storage.js";

const squash = { kind: "squash", size: 8, filter: "nearest" } as const;
const shorter = { kind: "shorter-side", pixels: 32, filter: "triangle" } as const;
const crops = {
  kind: "crops",
  size: 16,
  resizeTo: 18,
  filter: "triangle",
  set: "corners-and-centre",
} as const;

describe("toStoredForm", () => {
  it("squashes to the exact square, enlarging too", () => {
    const image = drawFlower({ width: 6, height: 40 });
    const stored = toStoredForm(image, squash);
    expect([stored.width, stored.height]).toEqual([8, 8]);
    const row = Math.floor(0.5 * (40 / 8));
    expect([...stored.data.subarray(0, 3)]).toEqual([...image.data.subarray(row * 18, row * 18 + 3)]);
  });

  it("reduces to the shorter side, keeping the aspect ratio", () => {
    const image = drawFlower({ width: 100, height: 64 });
    const stored = toStoredForm(image, shorter);
    expect([stored.width, stored.height]).toEqual([50, 32]);
    expect(stored.data.length).toBe(50 * 32 * 3);
  });

  it("never enlarges to the shorter side", () => {
    const image = drawFlower({ width: 20, height: 31 });
    expect(toStoredForm(image, shorter)).toBe(image);
    expect(storedSize(shorter, { width: 32, height: 900 })).toEqual({ width: 32, height: 900 });
  });

  it("crops the centre as preprocessing does, in one step from the whole photo", () => {
    const image = drawFlower({ width: 100, height: 64 });
    const centre = toStoredForm(image, { ...crops, set: "centre" });
    const seen = resizePhoto(image, { size: 16, resize: { fit: "cover", filter: "triangle", resizeTo: 18 } });
    expect(centre).toEqual(seen);
    const all = toStoredForm(image, crops);
    expect(all).toMatchObject(storedSize(crops, image));
    expect([all.width, all.height]).toEqual([16, 5 * 16]);
    expect(all.data.subarray(4 * seen.data.length)).toEqual(seen.data);
    // From what was reduced before, some levels are others: what made two numbers of one.
    expect(toStoredForm(toStoredForm(image, shorter), { ...crops, set: "centre" })).not.toEqual(centre);
  });

  it("knows whether a photo is whole", () => {
    const isWhole = (width: number, height: number) => isWholePhoto(shorter, { width, height });
    // 32 may be what is left of a larger one.
    expect([isWhole(31, 900), isWhole(900, 20), isWhole(32, 50)]).toEqual([true, true, false]);
    expect(isWholePhoto(squash, { width: 8, height: 8 })).toBe(false);
  });
});

it("names folders by the form", () => {
  expect([squash, shorter, crops].map(storageName)).toEqual([
    "squash-8-nearest",
    "shorter-side-32-triangle",
    "crops-16-of-18-triangle-corners-and-centre",
  ]);
});
