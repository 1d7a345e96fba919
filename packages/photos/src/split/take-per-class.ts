/** A division that trains on few photos: some are drawn, and what validates stays. */
import { createHash } from "node:crypto";
import { byCodeUnit } from "@fleuron/model";
import { groupBy } from "../scan/group-by.js";
import type { Split, SplitPhoto } from "./split-dataset.js";

/**
 * The split with at most `count` photos of each class to train on, drawn by their contents and the seed: a photo's turn
 * depends on nothing but itself.
 */
export function takePerClass(split: Split, count: number, seed: number): Split {
  const turn = ({ contentHash }: SplitPhoto) =>
    createHash("sha256").update(`per class ${seed} ${contentHash}`).digest("hex");
  const classes = groupBy(split.train, ({ label }) => label);
  const drawn = new Set(
    [...classes.values()].flatMap((photos) =>
      photos
        .map((photo) => ({ photo, turn: turn(photo) }))
        .sort(
          (one, other) => byCodeUnit(one.turn, other.turn) || byCodeUnit(one.photo.path, other.photo.path),
        )
        .slice(0, count)
        .map(({ photo }) => photo),
    ),
  );
  return { ...split, train: split.train.filter((photo) => drawn.has(photo)) };
}
