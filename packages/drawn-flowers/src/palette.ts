// The colours of petals, discs, leaves and backgrounds. All kinds of flowers share them, so that colour alone
// does not tell the kinds apart.
import type { RandomStream } from "@fleuron/model";
import type { Colour } from "./raster/canvas.js";

export const PETALS = {
  white: [0.95, 0.94, 0.91],
  cream: [0.96, 0.9, 0.72],
  yellow: [0.96, 0.82, 0.2],
  gold: [0.95, 0.68, 0.12],
  orange: [0.93, 0.48, 0.15],
  salmon: [0.93, 0.58, 0.48],
  pink: [0.92, 0.6, 0.71],
  magenta: [0.84, 0.28, 0.52],
  red: [0.8, 0.12, 0.15],
  crimson: [0.56, 0.07, 0.16],
  lilac: [0.74, 0.6, 0.84],
  purple: [0.5, 0.26, 0.62],
} as const satisfies Readonly<Record<string, Colour>>;

export type PetalColour = keyof typeof PETALS;

/** How often a flower has one of its kind's usual colours, rather than any of all. */
const USUAL = 0.75;

export function petalColour(random: RandomStream, usual: readonly PetalColour[]): Colour {
  const any = Object.values(PETALS);
  const chosen = random.uniform() < USUAL ? PETALS[pick(random, usual)] : pick(random, any);
  return varied(random, chosen, 0.05);
}

/** A colour near the given one: each channel up to `amount` away, all together as much lighter or darker. */
export function varied(random: RandomStream, [red, green, blue]: Colour, amount: number): Colour {
  const light = random.uniformIn(-amount, amount);
  const channel = (value: number) => Math.max(0, value + light + random.uniformIn(-amount, amount) / 2);
  return [channel(red), channel(green), channel(blue)];
}

export const mixed = (from: Colour, to: Colour, share: number): Colour => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
];

export const lit = ([red, green, blue]: Colour, factor: number): Colour => [
  red * factor,
  green * factor,
  blue * factor,
];

export const greens: readonly Colour[] = [
  [0.3, 0.47, 0.2],
  [0.22, 0.4, 0.2],
  [0.42, 0.55, 0.27],
  [0.36, 0.46, 0.32],
  [0.5, 0.58, 0.3],
];

export const pick = <T>(random: RandomStream, list: readonly T[]): T => list[random.integer(list.length)]!;
