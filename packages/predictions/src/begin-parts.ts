// What parts were begun with: an interrupted call is continued by one with the same weights and photos alone.
import { createHash } from "node:crypto";
import { createReadStream, promises as fs } from "node:fs";
import { join } from "node:path";
import { readFailure, replaceTextFile, systemCode } from "@fleuron/files";
import { parseJson } from "@fleuron/model";
import * as v from "valibot";
import { predictionsError } from "./errors.js";
import { BEGINNING, removeOwn } from "./own-files.js";
import { partsIn } from "./parts.js";
import { keepPhotos, type PhotoList } from "./photo-list.js";

const beginningSchema = v.object({
  formatVersion: v.literal(1),
  /** SHA-256 of what the weights are read from. */
  weights: v.string(),
  photos: v.object({ count: v.number(), sha256: v.string() }),
  topK: v.number(),
});

type Beginning = v.InferOutput<typeof beginningSchema>;

export interface BeginOptions {
  /** The file that says which weights they are, and which variant of them. */
  readonly weights: { readonly file: string; readonly variant?: string | undefined };
  readonly topK: number;
  readonly photos: AsyncIterable<string>;
  /** Whether what an interrupted call left is removed. */
  readonly force: boolean;
}

/**
 * Begins the parts in a folder, or continues those that are there. Returns how many photos there are.
 * @throws FleuronError `parts-differ`; `disk-full`, `file-unwritable`; what `photos` throws.
 */
export async function beginParts(
  folder: string,
  { weights, topK, photos, force }: BeginOptions,
): Promise<number> {
  if (force) await removeOwn(folder);
  const before = (await partsIn(folder)).length === 0 ? undefined : await readBeginning(folder);
  const sha256 = await hashOf(weights);
  const beginning = (list: PhotoList): Beginning => ({
    formatVersion: 1,
    weights: sha256,
    photos: list,
    topK,
  });
  const list = await keepPhotos(folder, photos, (list) => {
    if (before !== undefined) requireSame(folder, before, beginning(list));
  });
  if (before === undefined) await replaceTextFile(join(folder, BEGINNING), JSON.stringify(beginning(list)));
  return list.count;
}

async function hashOf({ file, variant = "" }: BeginOptions["weights"]): Promise<string> {
  const hash = createHash("sha256").update(variant);
  try {
    for await (const piece of createReadStream(file)) hash.update(piece);
  } catch (cause) {
    throw readFailure(file, cause);
  }
  return hash.digest("hex");
}

async function readBeginning(folder: string): Promise<Beginning> {
  const file = join(folder, BEGINNING);
  let text: string;
  try {
    text = await fs.readFile(file, "utf8");
  } catch (cause) {
    if (systemCode(cause) !== "ENOENT") throw readFailure(file, cause);
    throw differ(folder, "has parts whose origin is not known");
  }
  const parsed = parseJson(beginningSchema, text);
  if ("value" in parsed) return parsed.value;
  throw differ(folder, `has parts whose origin is not known (${BEGINNING}: ${parsed.problem})`);
}

function requireSame(folder: string, before: Beginning, now: Beginning): void {
  if (before.weights !== now.weights) throw differ(folder, "has predictions by another network");
  if (before.topK !== now.topK) {
    throw differ(folder, `has predictions with a \`topK\` of ${before.topK}, not ${now.topK}`);
  }
  if (before.photos.sha256 === now.photos.sha256) return;
  const counts = `${before.photos.count} then, ${now.photos.count} now`;
  throw differ(folder, `has predictions of other photos, or in another order (${counts})`);
}

const differ = (folder: string, problem: string) =>
  predictionsError("parts-differ", `${folder} ${problem}.`, {
    subject: folder,
    hint: "Call it as before to continue, choose another name with `out`, or predict all again with `force`.",
  });
