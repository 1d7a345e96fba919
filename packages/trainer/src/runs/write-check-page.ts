import { readFile } from "node:fs/promises";
import path from "node:path";
import { folderFailure, writeAtomically } from "@fleuron/files";
import { type DatasetReport, mapConcurrently } from "@fleuron/photos";
import { thumbnail } from "@fleuron/photos/pictures";
import type { CheckedPhotos } from "@fleuron/report";

/** Photos that are decoded at the same time. */
const AT_ONCE = 4;

/** Writes the page, replaced if it is there. @throws FleuronError `disk-full`, `folder-unwritable`. */
export async function writeCheckPage(report: DatasetReport, file: string): Promise<void> {
  const { checkPageHtml, shownPhotos } = await import("@fleuron/report");
  const checked: CheckedPhotos = { ...report, name: path.basename(report.folder) };
  const pictures = new Map<string, string>();
  const read = async (photo: string) => ({ photo, address: await picture(report.folder, photo) });
  for await (const { photo, address } of mapConcurrently(new Set(shownPhotos(checked)), AT_ONCE, read)) {
    if (address !== undefined) pictures.set(photo, address);
  }
  await writeAtomically(file, [Buffer.from(checkPageHtml(checked, pictures))]).catch((cause: unknown) => {
    throw folderFailure(file, cause);
  });
}

const picture = (folder: string, photo: string): Promise<string | undefined> =>
  readFile(path.join(folder, photo))
    .then(thumbnail)
    .catch(() => undefined);
