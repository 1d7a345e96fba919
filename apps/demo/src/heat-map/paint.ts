import type { Heat } from "./heat.js";

const WARM = [255, 176, 32] as const;
const VEIL = [20, 25, 29] as const;
const VEIL_OPACITY = 0.72;
const WARM_OPACITY = 0.3;

/**
 * The map as a layer to lay over the photo: what did not decide lies under a dark veil, what decided most shows through
 * with a warm tint. Its scale ends at the highest value of this photo.
 * @param data RGBA of columns × rows pixels; is written.
 */
export function paint({ values }: Heat, data: Uint8ClampedArray): void {
  const highest = Math.max(...values);
  for (const [at, value] of values.entries()) {
    const share = highest > 0 ? Math.max(0, value / highest) : 0;
    const veil = VEIL_OPACITY * (1 - share) ** 2;
    const warm = WARM_OPACITY * share;
    const opacity = veil + warm;
    for (let channel = 0; channel < 3; channel++) {
      data[4 * at + channel] = (VEIL[channel]! * veil + WARM[channel]! * warm) / (opacity || 1);
    }
    data[4 * at + 3] = 255 * opacity;
  }
}
