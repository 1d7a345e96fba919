import { decodePhoto } from "@fleuron/runtime-node/photos";
import { dataAddress } from "./data-address.js";

/** The longer side at most, in pixels: twice what a page shows, for fine screens. */
const LONGER_SIDE = 360;
const QUALITY = 68;

/** A photo's bytes as a small JPEG's `data:` address. */
export async function thumbnail(bytes: Uint8Array): Promise<string> {
  const { data, width, height } = await decodePhoto(bytes);
  const { default: sharp } = await import("sharp");
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: LONGER_SIDE, height: LONGER_SIDE, fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: QUALITY, mozjpeg: true })
    .toBuffer();
  return dataAddress("image/jpeg", jpeg);
}
