/** How unequal classes are. */

export interface Imbalance {
  readonly largest: ClassCount;
  readonly smallest: ClassCount;
  /** How many times as many photos the largest has; where the smallest has none, as if it had one. */
  readonly ratio: number;
  /** Whether that is worth a word. */
  readonly isLarge: boolean;
}

interface ClassCount {
  readonly label: string;
  readonly count: number;
}

const LARGE = 3;

export function imbalanceOf(
  labels: readonly string[],
  photos: readonly { readonly label: number }[],
): Imbalance {
  const classes = labels.map((label, index) => ({
    label,
    count: photos.filter((photo) => photo.label === index).length,
  }));
  const largest = classes.reduce((one, other) => (other.count > one.count ? other : one));
  const smallest = classes.reduce((one, other) => (other.count < one.count ? other : one));
  const ratio = largest.count / Math.max(1, smallest.count);
  return { largest, smallest, ratio, isLarge: ratio > LARGE };
}
