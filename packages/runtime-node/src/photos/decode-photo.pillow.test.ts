/** Real photos decode to the bytes that Pillow 13.0 (libjpeg-turbo 3.2) gives: the notebook's decoder. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { decodePhoto } from "./decode-photo.js";

const folder = new URL("../../../../../shared/flower_photos/", import.meta.url);

/** SHA-256 of `Image.open(path).tobytes()`. */
const pillow = [
  ["daisy/10466290366_cc72e33532.jpg", "30a17047c85000e6194a59a94aecd8e84aac3bd1fa5a8d76d2f10f7bcc9acdfa"],
  [
    "dandelion/11768468623_9399b5111b_n.jpg",
    "9d517c31ca546878dbef2e09574a4195b0e66a3a060d0588e901b28fc9b7b9b1",
  ],
  ["roses/13929462317_96342a9a44.jpg", "4ac5c69eb3d448fdd58196ada031f24a98981c36253f29bc07740c48343376aa"],
  [
    "sunflowers/14472246629_72373111e6_m.jpg",
    "45b02607d86e98174f4a9530051902321f2e85ce4fdd97bf9a12cc5d1f3f4ebf",
  ],
  ["tulips/13197345653_0f685b3c97_n.jpg", "0896b72f98b54a4491ef5b1bc7d4aed828059e57364869e8567459dfd72556d9"],
] as const;

const reason = existsSync(folder) ? "" : " (skipped: no ../shared/flower_photos)";

it.skipIf(reason !== "").each(pillow)(
  `decodes %s as Pillow does, bit for bit${reason}`,
  async (path, hash) => {
    const { data } = await decodePhoto(await readFile(new URL(path, folder)), { subject: path });
    expect(createHash("sha256").update(data).digest("hex")).toBe(hash);
  },
);
