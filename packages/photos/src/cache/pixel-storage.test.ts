import { drawFlower } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import { storageName, storedSize, toStoredForm } from "./pixel-storage.js";

const squash = { kind: "squash", size: 8, filter: "nearest" } as const;
const shorter = { kind: "shorter-side", pixels: 32, filter: "triangle" } as const;

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
});

it("names folders by the form", () => {
  expect([storageName(squash), storageName(shorter)]).toEqual([
    "squash-8-nearest",
    "shorter-side-32-triangle",
  ]);
});
