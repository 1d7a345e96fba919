import { type Box, type ResampleFilter, type RgbImage, resample } from "@fleuron/model";
import { type AxisWeights, boxSpans, triangleWeights } from "@fleuron/model/resampling";
import { workspace } from "./kernel/workspace.js";

/** Rows that the kernel makes at a time. */
const ROWS_AT_ONCE = 4;

/** `resample` of `@fleuron/model` to the size of `out`, to the same bytes: the triangle filter by WebAssembly's SIMD. */
export function resampleCrop(
  image: RgbImage,
  { box, filter }: { readonly box: Box; readonly filter: ResampleFilter },
  out: RgbImage,
): RgbImage {
  const { width, height } = out;
  if (filter !== "triangle") return resample(image, { box, width, height, filter }, out);
  const { horizontal, vertical } = boxSpans(box, image);
  const columns = triangleWeights(image.width, horizontal, width);
  const rows = triangleWeights(image.height, vertical, height);
  const firstRow = rows.first[0]!;
  const rowCount = rows.first[height - 1]! + rows.taps[height - 1]! - firstRow;
  const madeRows = Math.ceil(rowCount / ROWS_AT_ONCE) * ROWS_AT_ONCE;
  const stride = 3 * image.width;
  // A row ends before the next one begins: the kernel writes a byte more than a pixel has.
  const middleStride = 3 * width + 1;

  const places = new Places();
  const horizontally = places.ofWeights(columns);
  const vertically = places.ofWeights(rows);
  const source = places.next(madeRows * stride);
  const middle = places.next(madeRows * middleStride);
  const target = places.next(3 * width * height);
  const { kernel, bytes } = workspace(places.end);
  putWeights(bytes, horizontally, columns);
  putWeights(bytes, vertically, { ...rows, first: rows.first.map((row) => row - firstRow) });
  bytes.set(image.data.subarray(firstRow * stride, (firstRow + rowCount) * stride), source);
  kernel.alongRows(source, stride, middle, middleStride, rowCount, ...horizontally);
  kernel.alongColumns(middle, middleStride, target, 3 * width, ...vertically);
  out.data.set(bytes.subarray(target, target + 3 * width * height));
  return out;
}

type PlacedWeights = [first: number, taps: number, weights: number, stride: number, count: number];

/** Addresses one after the other, each a multiple of 16. */
class Places {
  end = 0;

  next(bytes: number): number {
    const address = this.end;
    this.end += Math.ceil(bytes / 16) * 16;
    return address;
  }

  ofWeights({ first, taps, weights, stride }: AxisWeights): PlacedWeights {
    const place = ({ byteLength }: Int32Array) => this.next(byteLength);
    return [place(first), place(taps), place(weights), 4 * stride, first.length];
  }
}

function putWeights(bytes: Uint8Array, [first, taps, weights]: PlacedWeights, axis: AxisWeights): void {
  const put = (address: number, numbers: Int32Array) =>
    new Int32Array(bytes.buffer, address, numbers.length).set(numbers);
  put(first, axis.first);
  put(taps, axis.taps);
  put(weights, axis.weights);
}
