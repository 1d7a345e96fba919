/** One petal: an outline around a middle line, shaded along and across. */
import { type Affine, inverse, mapped } from "../raster/affine.js";
import { type Canvas, type Colour, type Paint, plain } from "../raster/canvas.js";
import { scaleOf } from "./flower.js";

/** In the petal's own coordinates: u along it from its foot, v across. */
export interface PetalShape {
  readonly length: number;
  /** Half of the greatest width. */
  readonly width: number;
  /** Half of the width at the foot, as a share of `width`. */
  readonly foot: number;
  /** Where it is widest: 0 at the foot, 1 at the tip. */
  readonly belly: number;
  /** 0.4: round; 1: pointed; 1.6: drawn out. */
  readonly tip: number;
  /** How far the tip leans to positive v. Default 0. */
  readonly bend?: number;
}

export interface PetalLook {
  readonly foot: Colour;
  readonly tip: Colour;
  /** Brightness at the foot, where other petals shade it. */
  readonly shade: number;
  /** How much brighter positive v is than negative v: −1 to 1. */
  readonly slant: number;
  /** Strength of the lines along it. Default 0.05. */
  readonly veins?: number;
  /** The strength of the shadow that it throws on what lies below. Default 0.22. */
  readonly shadow?: number;
}

const PIECES = 11;
const VEINS = 13;

/** Half width at `t` from foot (0) to tip (1), as a share of the greatest. */
export function profile({ foot, belly, tip }: PetalShape, t: number): number {
  if (t < belly) return foot + (1 - foot) * Math.sin((Math.PI / 2) * (t / belly));
  return Math.max(0, Math.cos((Math.PI / 2) * ((t - belly) / (1 - belly)))) ** tip;
}

export function petalOutline(shape: PetalShape): number[] {
  const { length, width, bend = 0 } = shape;
  const left: number[] = [];
  const right: number[] = [];
  for (let i = 0; i <= PIECES; i++) {
    // Closer together towards the tip, which is round.
    const t = 1 - (1 - i / PIECES) ** 1.7;
    const half = width * profile(shape, t);
    const middle = bend * t * t;
    left.push(t * length, middle + half);
    right.unshift(t * length, middle - half);
  }
  return [...left, ...right];
}

export function drawPetal(canvas: Canvas, frame: Affine, shape: PetalShape, look: PetalLook): void {
  const outline = mapped(frame, petalOutline(shape));
  const { shadow = 0.22 } = look;
  if (shadow > 0) {
    const offset = Math.max(0.7, scaleOf(frame) * 0.025);
    canvas.fill(
      outline.map((value) => value + offset),
      plain([0.05, 0.06, 0.04], shadow),
    );
  }
  canvas.fill(outline, petalPaint(frame, shape, look));
}

function petalPaint(frame: Affine, shape: PetalShape, look: PetalLook): Paint {
  const { a, b, c, d, e, f } = inverse(frame);
  const { length, width, bend = 0 } = shape;
  const { foot, tip, shade, slant, veins = 0.05 } = look;
  return (x, y, out) => {
    const t = (a * x + c * y + e) / length;
    const s = (b * x + d * y + f - bend * t * t) / width;
    const away = 1 - t;
    const brightness =
      (shade + (1 - shade) * (1 - away * away)) *
      (1 + 0.22 * slant * s - 0.1 * s * s + veins * Math.cos(s * VEINS) * (0.4 + away));
    const blend = t < 0 ? 0 : t * t * (3 - 2 * t);
    out[0] = (foot[0] + (tip[0] - foot[0]) * blend) * brightness;
    out[1] = (foot[1] + (tip[1] - foot[1]) * blend) * brightness;
    out[2] = (foot[2] + (tip[2] - foot[2]) * blend) * brightness;
    out[3] = 1;
  };
}
