import { describe, expect, it } from "vitest";
import { IDENTITY, inverse, mapped, moved, scaled, turned, within } from "./affine.js";
import { blur } from "./blur.js";
import { Canvas, plain } from "./canvas.js";
import { Coverage } from "./coverage.js";
import { ellipse, ribbon } from "./shapes.js";

/** The covered area of each pixel, row by row. */
function covered(polygon: readonly number[], width: number, height: number): number[] {
  const areas = new Array<number>(width * height).fill(0);
  new Coverage(width, height).forEach(polygon, (x, y, share) => {
    areas[y * width + x] = share;
  });
  return areas;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("Coverage", () => {
  it("gives the exact share of each pixel under a rectangle", () => {
    expect(covered([0.5, 0.25, 2.25, 0.25, 2.25, 2, 0.5, 2], 3, 2)).toEqual(
      [0.375, 0.75, 0.1875, 0.5, 1, 0.25].map((share) => expect.closeTo(share, 6)),
    );
  });

  it("adds up to the area of any polygon, whichever way round", () => {
    const disc = mapped({ ...IDENTITY, e: 20.3, f: 19.6 }, ellipse(13, 9, 200));
    const area = Math.PI * 13 * 9;
    expect(sum(covered(disc, 40, 40)) / area).toBeCloseTo(1, 2);
    const backwards = Array.from({ length: disc.length / 2 }, (_, i) =>
      disc.slice(-2 * i - 2, disc.length - 2 * i),
    ).flat();
    expect(sum(covered(backwards, 40, 40)) / area).toBeCloseTo(1, 2);
  });

  it("cuts off what lies outside, and leaves nothing for the next polygon", () => {
    const coverage = new Coverage(10, 10);
    const areaOf = (polygon: readonly number[]) => {
      let area = 0;
      coverage.forEach(polygon, (x, y, share) => {
        expect(x >= 0 && x < 10 && y >= 0 && y < 10).toBe(true);
        area += share;
      });
      return area;
    };
    const triangle = [-30, 5, 40, -25, 40, 35];
    const small = [4, 4, 6, 4, 6, 6, 4, 6];
    expect(areaOf(small)).toBeCloseTo(4, 5);
    expect(areaOf(triangle)).toBeCloseTo(100, 0);
    expect(areaOf(small)).toBeCloseTo(4, 5);
    expect(areaOf([100, 100, 110, 100, 110, 110])).toBe(0);
  });
});

describe("affine maps", () => {
  it("turn from u to v, clockwise on the picture, scale and move", () => {
    const frame = scaled(turned(moved(IDENTITY, 10, 20), Math.PI / 2), 2);
    expect(mapped(frame, [1, 0, 0, 1])).toEqual([10, 22, 8, 20].map((value) => expect.closeTo(value, 9)));
  });

  it("have an inverse", () => {
    const frame = scaled(turned(moved(IDENTITY, 3, 4), 0.7), 2, 5);
    const back = within(inverse(frame), frame);
    for (const [key, value] of Object.entries(IDENTITY))
      expect(back[key as keyof typeof back]).toBeCloseTo(value, 9);
  });
});

describe("a canvas", () => {
  it("lays a colour on another by its opacity", () => {
    const canvas = new Canvas(2, 1);
    canvas.fillAll(plain([1, 1, 1]));
    canvas.fill([0, 0, 1, 0, 1, 1, 0, 1], plain([0, 0.5, 1], 0.5));
    expect([...canvas.toImage().data]).toEqual([128, 191, 255, 255, 255, 255]);
  });

  it("enlarges smoothly, and keeps a plain colour", () => {
    const coarse = new Canvas(2, 1);
    coarse.fill([0, 0, 1, 0, 1, 1, 0, 1], plain([1, 1, 1]));
    const canvas = new Canvas(4, 2);
    canvas.enlarge(coarse);
    const row = [1, 0.75, 0.25, 0];
    const reds = [0, 1, 2, 3].map((x) => canvas.pixels[x * 3]);
    expect(reds).toEqual(row.map((value) => expect.closeTo(value, 6)));
  });

  it.each([0.5, 1, 3])("keeps its mean when it is blurred by %d pixels", (radius) => {
    const canvas = new Canvas(30, 30);
    canvas.fill([12, 12, 18, 12, 18, 18, 12, 18], plain([1, 1, 1]));
    const before = sum([...canvas.pixels]);
    blur(canvas, radius);
    expect(sum([...canvas.pixels])).toBeCloseTo(before, 2);
    expect(canvas.pixels[(12 * 30 + 15) * 3]).toBeLessThan(0.95);
  });
});

it("a ribbon has the area of its length times its width", () => {
  expect(sum(covered(ribbon([5, 10, 20, 10, 35, 10], 2, 2), 40, 20))).toBeCloseTo(30 * 4, 4);
});
