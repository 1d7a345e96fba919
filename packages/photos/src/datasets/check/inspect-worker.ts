/** A worker's job: opens and decodes one photo. */
import { PixelBudget, usePhoto } from "@fleuron/runtime-node/photos";
import { contentHashOf } from "../../scan/content-hash.js";
import { lookOf } from "../../scan/look.js";
import { readPhotoFile, unreadableOutcome } from "../../scan/photo-file.js";
import type { Inspection, InspectTask } from "./inspection.js";

export default async function inspect({ root, path, budget }: InspectTask): Promise<Inspection> {
  try {
    const { bytes } = await readPhotoFile(root, path);
    const options = { subject: path, budget: new PixelBudget(budget) };
    return await usePhoto(bytes, options, (photo) => {
      const { width, height } = photo;
      return { readable: true, path, width, height, contentHash: contentHashOf(photo), look: lookOf(photo) };
    });
  } catch (error) {
    const outcome = unreadableOutcome(error, path);
    if (outcome.readable) throw new Error("internal: an error makes no photo readable");
    return { ...outcome, path };
  }
}
