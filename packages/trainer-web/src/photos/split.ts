import type { StoredPhoto } from "./photo-store.js";

/** `split.json` as Node's run folder has it: which photos the run learns from, and which it validates with. */
export function splitText(
  photos: readonly StoredPhoto[],
  labels: readonly string[],
  datasetHash: string,
): string {
  const of = (part: boolean) =>
    photos
      .filter(({ validates }) => validates === part)
      .map(({ name, label, contentHash }) => ({ path: `${labels[label]}/${name}`, label, contentHash }));
  const split = {
    formatVersion: 1,
    datasetHash,
    labels,
    validation: "hash",
    train: of(false),
    val: of(true),
    test: [],
  };
  return `${JSON.stringify(split)}\n`;
}
