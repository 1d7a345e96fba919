import { writeFile } from "node:fs/promises";
import path from "node:path";
import { drawFlower, encodePng, follow } from "@fleuron/testing";
import sharp from "sharp";
import { expect, it } from "vitest";
import { nearDuplicates, type PreparedDataset } from "../../dist/index.js";
import { photoLab } from "../fixtures/photo-lab.js";

const lab = photoLab();

/** Everything else is trained on. */
async function warningsFor(dataset: PreparedDataset, validating: string) {
  const val = dataset.photos.filter((photo) => photo.path === validating);
  const train = dataset.photos.filter((photo) => photo.path !== validating);
  const { events } = await follow(nearDuplicates(dataset, { train, val }));
  return events.flatMap((event) => (event.type === "warning" ? [event.message] : []));
}

it("names a validation photo that is nearly one which is trained on, and no other", async () => {
  const flower = await encodePng(drawFlower({ label: 0, seed: 77, width: 320, height: 240 }));
  const edited = await sharp(flower).resize(200, 150).linear(1, 8).jpeg().toBuffer();
  await writeFile(path.join(lab.root, "daisy", "IMG_1.png"), flower);
  await writeFile(path.join(lab.root, "daisy", "IMG_1-edited.jpg"), edited);
  const { dataset } = await lab.prepare({
    storage: { kind: "shorter-side", pixels: 134, filter: "triangle" },
  });
  expect(await warningsFor(dataset, "daisy/IMG_1-edited.jpg")).toEqual([
    "1 validation photo is nearly the same as photos that are trained on, which inflates validation accuracy: " +
      "daisy/IMG_1-edited.jpg = daisy/IMG_1.png.",
  ]);
  for (const { path: other } of dataset.photos.filter(({ path }) => !path.includes("IMG_1")))
    expect(await warningsFor(dataset, other)).toEqual([]);
});
