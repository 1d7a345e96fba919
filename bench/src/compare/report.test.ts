import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { report } from "./report.js";

let folder: string;
let written: Record<"stdout" | "stderr", string>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-report-"));
  written = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      written[stream] += text;
      return true;
    });
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

const table = { headings: ["who"], rows: [["somebody"]], isNumeric: () => false, notes: [] };
const marked = "<!-- bench x: begin -->\nold\n<!-- bench x: end -->\n";
const measuredBy = (...states: readonly string[]) =>
  vi.fn(async () => ({ contenders: states.map((status) => ({ status })) }));

/** Reports into a document of that text; undefined: into one that is not there. */
async function into(text: string | undefined, measure = measuredBy("measured")) {
  const file = join(folder, "x.md");
  if (text !== undefined) await writeFile(file, text);
  await report(measure, () => table, { format: "text", into: file, command: "x" });
  return file;
}

it("prints a table and writes it into the document", async () => {
  const file = await into(marked);
  expect(written.stdout).toContain("somebody");
  expect(await readFile(file, "utf8")).toContain("| somebody |");
  expect(process.exitCode).toBeUndefined();
});

it.each([
  ["without the marks", "no marks", "has no place for the comparison"],
  ["that is not there", undefined, "cannot be read (ENOENT)"],
])("measures nothing for a document %s", async (_, text, message) => {
  const measure = measuredBy("measured");
  await into(text, measure);
  expect(measure).not.toHaveBeenCalled();
  expect(written.stderr).toContain(message);
  expect(process.exitCode).toBe(2);
});

it("prints the table where the document goes meanwhile", async () => {
  await into(
    marked,
    vi.fn(async () => {
      await rm(join(folder, "x.md"));
      return { contenders: [{ status: "measured" }] };
    }),
  );
  expect(written.stdout).toContain("somebody");
  expect(written.stderr).toContain("cannot be read (ENOENT)");
  expect(process.exitCode).toBe(2);
});

it("ends with 1 where a contender failed, and with 0 where one is only not installed", async () => {
  await into(marked, measuredBy("measured", "not installed", "not measured"));
  expect(process.exitCode).toBeUndefined();
  await into(marked, measuredBy("measured", "failed"));
  expect(process.exitCode).toBe(1);
});
