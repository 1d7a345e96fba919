/** The middle of a daisy or a sunflower: a dome with its florets in golden spirals (Vogel 1979). */

import { lit, mixed } from "../palette.js";
import { mapped, moved } from "../raster/affine.js";
import { type Colour, plain } from "../raster/canvas.js";
import { ellipse } from "../raster/shapes.js";
import { type FlowerContext, scaleOf } from "./flower.js";

export const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

export interface DiscOptions {
  readonly radius: number;
  readonly inner: Colour;
  readonly outer: Colour;
  readonly florets: number;
}

export function drawDisc({ canvas, frame, light, random }: FlowerContext, options: DiscOptions): void {
  const { radius, inner, outer, florets } = options;
  const shadow = Math.max(0.8, scaleOf(frame) * 0.03);
  const rim = mapped(frame, ellipse(radius, radius));
  canvas.fill(
    rim.map((value) => value + shadow),
    plain([0.08, 0.06, 0.03], 0.35),
  );
  canvas.fill(rim, plain(lit(outer, 0.62)));
  const dot = (radius * 1.05) / Math.sqrt(florets);
  for (let i = florets; i-- > 0; ) {
    const distance = radius * Math.sqrt((i + 0.5) / florets);
    const angle = i * GOLDEN_ANGLE;
    const [u, v] = [distance * Math.cos(angle), distance * Math.sin(angle)];
    const share = distance / radius;
    // The dome faces the light on one side.
    const facing = 1 + 0.3 * share * Math.cos(angle - light) + random.uniformIn(-0.12, 0.12);
    const colour = lit(mixed(inner, outer, share ** 1.5), facing);
    canvas.fill(mapped(moved(frame, u, v), ellipse(dot * 0.62, dot * 0.62, 6)), plain(colour));
  }
}
