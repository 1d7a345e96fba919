import { loadClassifier } from "@fleuron/runtime-web";
import { trainClassifier } from "@fleuron/trainer-web";

/** What a photo shows, by the bundle that the site has under `/bundle/`. */
export async function classify(photo) {
  const classifier = await loadClassifier("/bundle/");
  const { predictions } = await classifier.classify(photo);
  await classifier.dispose();
  return predictions;
}

/** Trains a network for an epoch on photos named `label-….jpg`, and returns what the epoch came to. */
export async function train(photos) {
  const labelled = photos.map((photo) => ({ photo, label: photo.name.split("-")[0] }));
  const settings = { run: "flowers", epochs: 1, width: 0.1, imageSize: 67 };
  let last;
  for await (const event of trainClassifier(labelled, settings)) {
    if (event.type === "epoch") last = event;
  }
  return last;
}
