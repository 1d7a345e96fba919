import type { Heat } from "./heat.js";

const WARM = [255, 176, 32] as const;
const VEIL = [20, 25, 29] as const;
/** Probability. A smaller fall than this is never fully lit: it may be no more than rounding. */
const LEAST_SCALE = 0.05;
const VEIL_OPACITY = 0.62;
const WARM_OPACITY = 0.3;

/**
 * The map as a layer to lay over the photo: what did not decide lies under a dark veil, what decided most shows through
 * with a warm tint. Its scale ends at the highest value of this photo, or at {@link LEAST_SCALE}.
 * @param data RGBA of columns × rows pixels; is written.
 */
export function paint({ values }: Heat, data: Uint8ClampedArray): void {
  const highest = Math.max(LEAST_SCALE, ...values);
  for (const [at, value] of values.entries()) {
    const share = Math.max(0, value / highest);
    const veil = VEIL_OPACITY * (1 - share) ** 2;
    const warm = WARM_OPACITY * share;
    const opacity = veil + warm;
    for (let channel = 0; channel < 3; channel++) {
      data[4 * at + channel] = (VEIL[channel]! * veil + WARM[channel]! * warm) / (opacity || 1);
    }
    data[4 * at + 3] = 255 * opacity;
  }
}
