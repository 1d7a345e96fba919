/**
 * How much of each pixel a polygon covers: exact areas, accumulated along its edges as signed differences that
 * a running sum along the row turns into coverage (the method of Raph Levien's font-rs).
 */
export class Coverage {
  readonly #width: number;
  readonly #height: number;
  readonly #stride: number;
  readonly #differences: Float32Array;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#stride = width + 2;
    this.#differences = new Float32Array(this.#stride * height);
  }

  /**
   * Calls `cover` for each pixel that the closed polygon [x, y, x, y, …] touches, with the share of it that
   * is inside. Where a polygon overlaps itself it still covers once.
   */
  forEach(polygon: readonly number[], cover: (x: number, y: number, share: number) => void): void {
    let [left, top, right, bottom] = [this.#width, this.#height, 0, 0];
    let [fromX, fromY] = polygon.slice(-2) as [number, number];
    for (let i = 0; i < polygon.length; i += 2) {
      const [x, y] = [polygon[i]!, polygon[i + 1]!];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      this.#edge(fromX, fromY, x, y);
      [fromX, fromY] = [x, y];
    }
    const [firstX, lastX] = [Math.max(0, Math.floor(left)), Math.min(this.#width + 1, Math.ceil(right) + 1)];
    const [firstY, endY] = [Math.max(0, Math.floor(top)), Math.min(this.#height, Math.ceil(bottom))];
    for (let y = firstY; y < endY; y++) {
      let sum = 0;
      for (let x = firstX, at = y * this.#stride + firstX; x <= lastX; x++, at++) {
        sum += this.#differences[at]!;
        this.#differences[at] = 0;
        const share = Math.min(1, Math.abs(sum));
        if (share > 0.004 && x < this.#width) cover(x, y, share);
      }
    }
  }

  #edge(fromX: number, fromY: number, toX: number, toY: number): void {
    if (fromY === toY) return;
    const down = fromY < toY;
    const [topX, topY, bottomX, bottomY] = down ? [fromX, fromY, toX, toY] : [toX, toY, fromX, fromY];
    const slope = (bottomX - topX) / (bottomY - topY);
    const begin = Math.max(0, Math.floor(topY));
    const end = Math.min(this.#height, Math.ceil(bottomY));
    let x = topX + Math.max(0, begin - topY) * slope;
    for (let row = begin; row < end; row++) {
      const height = Math.min(row + 1, bottomY) - Math.max(row, topY);
      const next = x + slope * height;
      this.#span(row * this.#stride, x, next, down ? height : -height);
      x = next;
    }
  }

  /** Adds one row's piece of an edge, from x to x, that is `height` pixels high (negative when it leads up). */
  #span(row: number, fromX: number, toX: number, height: number): void {
    const differences = this.#differences;
    const left = Math.max(0, Math.min(this.#width, Math.min(fromX, toX)));
    const right = Math.max(0, Math.min(this.#width, Math.max(fromX, toX)));
    const first = Math.floor(left);
    const end = Math.ceil(right);
    if (end <= first + 1) {
      const inNext = height * ((left + right) / 2 - first);
      differences[row + first]! += height - inNext;
      differences[row + first + 1]! += inNext;
      return;
    }
    const perPixel = height / (right - left);
    let before = 0;
    for (let pixel = first; pixel < end; pixel++) {
      // The area to the right of the edge, of what it crosses up to this pixel's right side.
      const crossed = Math.min(right, pixel + 1) - left;
      const entered = Math.max(left, pixel) - left;
      const middle = (Math.max(left, pixel) + Math.min(right, pixel + 1)) / 2;
      const area = perPixel * (entered + (crossed - entered) * (pixel + 1 - middle));
      differences[row + pixel]! += area - before;
      before = area;
    }
    differences[row + end]! += height - before;
  }
}
