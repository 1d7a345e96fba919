// What the readme shows compiles against the published types, with the settings of a new project.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { newProject } from "./fixtures/install.js";

/** What the recipes take for granted. */
const SURROUNDINGS = `
import type { WebClassifier } from "@fleuron/runtime-web";
declare global {
  const classifier: WebClassifier;
  const video: HTMLVideoElement;
  const label: HTMLElement;
  function useEffect(effect: () => () => void, dependencies: readonly unknown[]): void;
  function setClassifier(classifier: WebClassifier): void;
  function setError(error: unknown): void;
}
`;

const SETTINGS = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: "ES2022",
    lib: ["ES2022", "DOM"],
    types: [],
    module: "ESNext",
    moduleResolution: "bundler",
  },
};

it("the readme's TypeScript compiles", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const snippets = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code!);
  expect(snippets.length).toBeGreaterThan(2);
  await using project = await newProject({
    "tsconfig.json": JSON.stringify(SETTINGS),
    "surroundings.ts": SURROUNDINGS,
    ...Object.fromEntries(
      snippets.map((code, index) => [
        `snippet-${index}.ts`,
        `${code.includes("import ") ? "" : 'import { loadClassifier } from "@fleuron/runtime-web";\n'}${code}`,
      ]),
    ),
  });
  expect(await complaintsOf(project.folder)).toBe("");
});

async function complaintsOf(folder: string): Promise<string> {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
    "bin/tsc",
  );
  try {
    await promisify(execFile)(process.execPath, [compiler, "-p", folder]);
    return "";
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}
