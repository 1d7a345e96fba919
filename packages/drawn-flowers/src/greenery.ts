// What grows around a flower: leaves, stems and blades of grass.
import type { RandomStream } from "@fleuron/model";
import { drawPetal } from "./flowers/petal.js";
import { greens, lit, pick, varied } from "./palette.js";
import { type Affine, moved, scaled, turned } from "./raster/affine.js";
import { type Canvas, type Colour, plain } from "./raster/canvas.js";
import { curve, ribbon } from "./raster/shapes.js";

export const leafGreen = (random: RandomStream): Colour =>
  lit(varied(random, pick(random, greens), 0.06), random.uniformIn(0.7, 1.15));

/** A leaf of `length` pixels that starts at the frame's origin and points along u. */
export function drawLeaf(canvas: Canvas, random: RandomStream, frame: Affine, length: number): void {
  const green = leafGreen(random);
  drawPetal(
    canvas,
    scaled(frame, length),
    {
      length: 1,
      width: random.uniformIn(0.1, 0.26),
      foot: 0.1,
      belly: random.uniformIn(0.35, 0.5),
      tip: 1.2,
      bend: random.uniformIn(-0.3, 0.3),
    },
    { foot: lit(green, 0.8), tip: green, shade: 0.8, slant: random.uniformIn(-1, 1), veins: 0.05 },
  );
}

/** A blade of grass from (x, y) upwards. */
export function drawBlade(canvas: Canvas, random: RandomStream, x: number, y: number, length: number): void {
  const lean = random.uniformIn(-0.5, 0.5) * length;
  const middle = curve([x, y], [x + lean * 0.2, y - length * 0.6], [x + lean, y - length], 6);
  canvas.fill(ribbon(middle, length * random.uniformIn(0.012, 0.03), 0.2), plain(leafGreen(random)));
}

/** A stem from the flower at the frame's origin down out of the picture, with a leaf or two. `radius` is the flower's. */
export function drawStem(
  canvas: Canvas,
  random: RandomStream,
  frame: Affine,
  radius: number,
  leaves: number,
): void {
  const length = canvas.height * 1.3;
  const sway = random.uniformIn(-0.25, 0.25) * length;
  const points = curve([0, 0], [0, length * 0.5], [sway, length], 12);
  const line: number[] = [];
  for (let i = 0; i < points.length; i += 2) {
    const { e, f } = moved(frame, points[i]!, points[i + 1]!);
    line.push(e, f);
  }
  const green = leafGreen(random);
  const thick = Math.max(1.2, radius * random.uniformIn(0.035, 0.06));
  canvas.fill(ribbon(line, thick, thick * 1.15), plain(lit(green, 0.75)));
  canvas.fill(
    ribbon(
      line.map((value) => value - thick * 0.3),
      thick * 0.5,
      thick * 0.6,
    ),
    plain(green),
  );
  for (let leaf = 0; leaf < leaves; leaf++) {
    const at = random.uniformIn(1.5, 2.6) * radius;
    const side = leaf % 2 === 0 ? 1 : -1;
    const place = moved(frame, sway * (at / length) ** 2, at);
    drawLeaf(
      canvas,
      random,
      turned(place, -Math.PI / 2 + side * random.uniformIn(0.4, 1.1)),
      radius * random.uniformIn(1, 1.7),
    );
  }
}
