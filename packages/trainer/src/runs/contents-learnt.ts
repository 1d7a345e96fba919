// What a run's weights have seen: by contents, for photos are copied and renamed.
import { dirname, join } from "node:path";
import { readSplit } from "@fleuron/photos";
import { openRunFolder, RUN_FILES } from "@fleuron/run-folder";

/**
 * The contents of the photos that a run has learnt from, those of the runs whose weights it began with included, as far as
 * their folders are still there. Undefined for a folder that is no run.
 */
export async function contentsLearnt(folder: string): Promise<ReadonlySet<string> | undefined> {
  const contents = new Set<string>();
  const seen = new Set<string>();
  let next: string | undefined = folder;
  while (next !== undefined && !seen.has(next)) {
    seen.add(next);
    const run = await runIn(next);
    for (const { contentHash } of run?.split.train ?? []) contents.add(contentHash);
    next = run?.begunWith;
  }
  return contents.size > 0 ? contents : undefined;
}

/** Undefined also where it is damaged: nothing is known of it then. */
async function runIn(folder: string) {
  try {
    const [{ record }, split] = [await openRunFolder(folder), await readSplit(join(folder, RUN_FILES.split))];
    const from = record.compression ? join(record.compression.run, RUN_FILES.best) : record.settings.initFrom;
    return { split, begunWith: typeof from === "string" ? dirname(from) : undefined };
  } catch {
    return undefined;
  }
}
