import type { RgbImage } from "@fleuron/model";

/** Mirrors an image, left for right, in place. */
export function flipRows({ data, width, height }: RgbImage): void {
  for (let row = 0; row < height; row++) {
    let left = row * width * 3;
    let right = left + (width - 1) * 3;
    for (; left < right; left += 3, right -= 3) {
      for (let channel = 0; channel < 3; channel++) {
        const kept = data[left + channel]!;
        data[left + channel] = data[right + channel]!;
        data[right + channel] = kept;
      }
    }
  }
}
