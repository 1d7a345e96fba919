// Values over epochs as lines of an SVG.

export interface Point {
  /** How many epochs are done; broken within one. */
  readonly epoch: number;
  readonly value: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The points of a polyline in a box that is `epochs` wide and `highest` high. */
export const polyline = (points: readonly Point[], box: Box, epochs: number, highest: number): string =>
  points
    .map(({ epoch, value }) => {
      const x = box.left + (box.width * epoch) / epochs;
      const y = box.top + box.height * (1 - Math.min(value, highest) / highest);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");

/** The top of a chart: a fifth, so that half of it has one decimal, too. */
export const roundedUp = (highest: number): number => Math.max(1, Math.ceil(highest * 5)) / 5;
