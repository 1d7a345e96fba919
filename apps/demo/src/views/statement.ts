// What the model is worth and what it knows, above everything else.
import { count, type Manifest, percent } from "@fleuron/model";
import { element, fill } from "../dom.js";

/** More names than these would be a wall of words. */
const MOST_NAMED = 6;
const conjunction = new Intl.ListFormat("en-GB", { type: "conjunction" });

export function showStatement(node: HTMLElement, { labels, output, training, source }: Manifest): void {
  const known = labels.length > MOST_NAMED ? `${count(labels.length)} kinds` : conjunction.format(labels);
  const others =
    output.rejectBelow === undefined
      ? "and classifies every photo as one of them"
      : `and calls a photo none of these where it finds none of them more probable than ${percent(output.rejectBelow, 0)}`;
  const knows = ` It knows ${known}, ${others}.`;
  const drawn = training?.dataset.name === "procedural";
  node.classList.toggle("loud", drawn);
  if (training === undefined) {
    fill(node, `Trained elsewhere, and imported from ${source!.file}.${knows}`);
    return;
  }
  const { dataset, valAccuracy } = training;
  const pictures = drawn ? "drawn pictures" : "photos";
  const held =
    valAccuracy === null
      ? ""
      : ` Of ${count(dataset.valCount)} ${pictures} that it never saw, it classifies ${percent(valAccuracy)} correctly.`;
  fill(
    node,
    ...(drawn
      ? [
          element("strong", {}, "This network has never seen a photo."),
          " It was trained on pictures that a program drew, and what it says about real photos means nothing.",
          held,
        ]
      : [`Trained on ${count(dataset.trainCount)} photos.${held}`, knows]),
  );
}
