import path from "node:path";
import type { PartContents } from "../class-folder.js";
import { groupBy } from "../group-by.js";
import { UNLABELLED_PHOTO } from "../left-out.js";
import { filesBelow, listFolder } from "../list-photos.js";
import { labelPhotos } from "./label-photos.js";
import { findTables, type LabelTable } from "./label-table.js";
import { severalTables } from "./table-errors.js";

/**
 * What a folder has by its file of labels; undefined where there is none, and where the folders of its photos say the same.
 *
 * @throws FleuronError `labels-invalid`, `file-unreadable`
 */
export async function readLabelled(
  root: string,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<PartContents | undefined> {
  const absolute = path.join(root, folder);
  const { tables } = await findTables(absolute);
  const [table] = tables;
  if (table === undefined) return undefined;
  if (tables.length > 1)
    throw severalTables(
      absolute,
      tables.map(({ file }) => file),
    );
  const photos = new Set<string>();
  const leftOut: string[] = [];
  for await (const file of filesBelow(absolute, signal)) {
    if ("photo" in file) photos.add(file.photo);
    else leftOut.push(file.leftOut);
  }
  const labels = labelPhotos(table, photos, (await listFolder(absolute)).folders);
  if (labels === undefined) return undefined;
  const classes = groupBy(labels, ([, name]) => name);
  for (const photo of photos) if (!labels.has(photo)) leftOut.push(UNLABELLED_PHOTO);
  return {
    classes: [...classes].map(([name, rows]) => ({
      name,
      folder,
      photos: rows.map(([photo]) => path.posix.join(folder, photo)),
      leftOut: [],
    })),
    leftOut: withoutTable(leftOut, table),
  };
}

/** The table is read. */
function withoutTable(leftOut: readonly string[], { file }: LabelTable): readonly string[] {
  const at = leftOut.indexOf(path.extname(file));
  return leftOut.filter((_, index) => index !== at);
}
