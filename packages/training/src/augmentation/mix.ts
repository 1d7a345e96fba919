import type { RandomStream } from "@fleuron/model";
import type { Mixing } from "./mixing.js";

export interface MixedBatch {
  readonly size: number;
  /** [size, channels, side, side], changed in place. */
  readonly images: Float32Array;
  /** [size, classes], changed in place. */
  readonly targets: Float32Array;
  readonly channels: number;
  readonly side: number;
  readonly classes: number;
}

/**
 * Mixes each photo of a shuffled batch with the next one, the last with the first: all by CutMix or all by
 * mixup with one share, or none, as `stream` says.
 */
export function mixBatch(batch: MixedBatch, mixing: Mixing, stream: RandomStream): void {
  if (batch.size < 2 || stream.uniform() >= mixing.probability) return;
  if (stream.uniform() < 0.5) cutMix(batch, stream.beta(mixing.cutMixAlpha, mixing.cutMixAlpha), stream);
  else mixUp(batch, stream.beta(mixing.mixupAlpha, mixing.mixupAlpha));
}

/** The partner's pixels in one rectangle of 1 − share of the area; targets mixed by the area that was cut. */
function cutMix(batch: MixedBatch, share: number, stream: RandomStream): void {
  const { side, channels, images } = batch;
  const cut = side * Math.sqrt(1 - share);
  const [x, y] = [stream.uniform() * side, stream.uniform() * side];
  const clamp = (value: number) => Math.min(side, Math.max(0, Math.round(value)));
  const [left, right] = [clamp(x - cut / 2), clamp(x + cut / 2)];
  const [top, bottom] = [clamp(y - cut / 2), clamp(y + cut / 2)];

  const photo = channels * side * side;
  withNext(batch.size, photo, images, (start, next) => {
    for (let channel = 0; channel < channels; channel++) {
      for (let row = top; row < bottom; row++) {
        const line = (channel * side + row) * side;
        images.set(next.subarray(line + left, line + right), start + line + left);
      }
    }
  });
  blend(batch.size, batch.classes, batch.targets, 1 - ((right - left) * (bottom - top)) / (side * side));
}

function mixUp(batch: MixedBatch, share: number): void {
  blend(batch.size, batch.channels * batch.side * batch.side, batch.images, share);
  blend(batch.size, batch.classes, batch.targets, share);
}

/** Each row becomes share × itself + (1 − share) × the next row. */
function blend(rows: number, length: number, data: Float32Array, share: number): void {
  withNext(rows, length, data, (start, next) => {
    for (let index = 0; index < length; index++) {
      data[start + index] = share * data[start + index]! + (1 - share) * next[index]!;
    }
  });
}

/** Visits each row's start with the next row as it was before any visit. */
function withNext(
  rows: number,
  length: number,
  data: Float32Array,
  visit: (start: number, next: Float32Array) => void,
): void {
  const first = data.slice(0, length);
  for (let row = 0; row < rows; row++) {
    const next = row === rows - 1 ? first : data.subarray((row + 1) * length, (row + 2) * length);
    visit(row * length, next);
  }
}
