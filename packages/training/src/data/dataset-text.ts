import { byCodeUnit } from "@fleuron/model";

/**
 * The text whose SHA-256 is a dataset's hash: which contents it has under which class names. Neither the files' names nor
 * their order enter.
 */
export function datasetText(
  photos: readonly { readonly label: number; readonly contentHash: string }[],
  labels: readonly string[],
): string {
  const lines = photos.map(({ label, contentHash }) => JSON.stringify([labels[label], contentHash]));
  return [JSON.stringify(labels), ...lines.sort(byCodeUnit)].join("\n");
}
