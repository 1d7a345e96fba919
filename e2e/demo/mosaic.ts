// A picture as a mosaic: a cell for each 8 × 8 pixels, of their mean colour. Edges that machines draw otherwise are gone
// in it, and what is where is still there.
import sharp from "sharp";

const CELL = 8;
/** What a cell may differ by, out of 255 in any channel, and still be the same. */
const TOLERANCE = 28;

export interface Mosaic {
  readonly width: number;
  readonly height: number;
  /** RGB, rows from the top. */
  readonly data: Uint8Array;
}

/** @param picture PNG, of a width and height that are multiples of 8 but for a rest that is left out. */
export async function mosaicOf(picture: Uint8Array): Promise<Mosaic> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const [width, height] = [Math.floor(info.width / CELL), Math.floor(info.height / CELL)];
  const mosaic = new Uint8Array(3 * width * height);
  for (let at = 0; at < mosaic.length; at++) {
    const channel = at % 3;
    const cell = (at - channel) / 3;
    const [left, top] = [CELL * (cell % width), CELL * Math.floor(cell / width)];
    let sum = 0;
    for (let y = top; y < top + CELL; y++)
      for (let x = left; x < left + CELL; x++) sum += data[3 * (y * info.width + x) + channel]!;
    mosaic[at] = Math.round(sum / CELL ** 2);
  }
  return { width, height, data: mosaic };
}

/** How many cells differ; all of them in mosaics of different sizes. */
export function differingCells(one: Mosaic, other: Mosaic): number {
  if (one.width !== other.width || one.height !== other.height) return one.width * one.height;
  let differing = 0;
  for (let at = 0; at < one.data.length; at += 3) {
    const by = [0, 1, 2].map((channel) => Math.abs(one.data[at + channel]! - other.data[at + channel]!));
    if (Math.max(...by) > TOLERANCE) differing++;
  }
  return differing;
}

/** A pixel for each cell. */
export const encodeMosaic = ({ data, width, height }: Mosaic): Promise<Uint8Array> =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 9 })
    .toBuffer();

export async function decodeMosaic(png: Uint8Array): Promise<Mosaic> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
