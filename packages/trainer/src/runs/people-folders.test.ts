// What `checkDataset` and `train` say of folders as people have them, on the built package. Training ends where it would begin.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FleuronError } from "@fleuron/model";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { checkDataset, type DatasetReport, train } from "../../dist/index.js";
import { type Lab, openLab, small } from "../fixtures/lab.js";
import { type PeoplesFolder, peoplesFolders } from "../fixtures/people-folders.js";

const DIFFERENT = 16;
/** What `checkDataset` says of so few photos; `train` says it later than is listened. */
const HOW_FEW: ReadonlySet<string> = new Set(["photos-few", "validation-small"]);

let lab: Lab;
let drawn: readonly Uint8Array[];

beforeAll(async () => {
  lab = await openLab();
  drawn = await Promise.all(
    Array.from({ length: DIFFERENT }, (_, seed) =>
      encodeJpeg(drawFlower({ label: seed % 5, seed, width: 120, height: 100 })),
    ),
  );
});
afterAll(() => lab[Symbol.asyncDispose]());

/** Each file is another, so that none is prepared already. */
async function put(root: string, { name, files }: PeoplesFolder): Promise<void> {
  let photo = 0;
  for (const [path, text] of Object.entries(files)) {
    const after = Buffer.from(name + path);
    const bytes = text === "photo" ? Buffer.concat([drawn[photo++ % DIFFERENT]!, after]) : text;
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
}

interface Said {
  readonly warnings: readonly string[];
  readonly refused?: readonly (string | undefined)[];
  readonly report?: DatasetReport;
}

type Work = AsyncGenerator<
  { readonly type: string; readonly code?: string; readonly message?: string; readonly task?: string },
  unknown
>;

/** Until it has ended, or photos are prepared for the first epoch. */
async function listen(root: string, work: Work): Promise<Said> {
  const warnings: string[] = [];
  try {
    for (;;) {
      const { done, value } = await work.next();
      if (done) return { warnings, ...(value !== undefined && { report: value as DatasetReport }) };
      if (value.type === "warning" && !HOW_FEW.has(value.code!)) warnings.push(value.message!);
      if (value.task === "preparing validation photos") break;
    }
    await work.return(undefined);
    return { warnings };
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    return { warnings, refused: [error.message, error.hint].map((text) => text?.replaceAll(root, "")) };
  }
}

it.each(peoplesFolders)("$name", async (folder) => {
  const { name, classes, parts = {}, warnings = [], refused } = folder;
  const root = lab.path(`${peoplesFolders.findIndex((one) => one.name === name)}`);
  await put(root, folder);
  const checked = await listen(root, checkDataset({ folder: root, threads: 1 }));
  const options = { ...small, batchSize: 1, engine: "onnx-cpu", data: root, out: lab.path("never") } as const;
  const trained = await listen(root, train(options));
  expect({ checked: checked.refused, trained: trained.refused }).toEqual({
    checked: refused,
    trained: refused,
  });
  const { report } = checked;
  const asObject = (entries: readonly (readonly [string, number])[]) => Object.fromEntries(entries);
  expect(report && asObject(report.classes.map(({ label, count }) => [label, count]))).toEqual(classes);
  expect(asObject((report?.parts ?? []).map(({ part, photos }) => [part, photos]))).toEqual(parts);
  expect([...checked.warnings, ...(report?.missing ?? [])]).toEqual(warnings);
  expect(trained.warnings).toEqual(warnings);
});
