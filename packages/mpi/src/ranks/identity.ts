// What ranks of one run must have in common.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describeVersions } from "@fleuron/run-folder";

export interface Identity {
  /** The hash of the code that computes and of the versions beneath it. */
  readonly build: string;
  /** The hash of what the run was asked for. */
  readonly options: string;
}

/** The packages that decide what a rank computes. */
const PACKAGES = ["model", "graph", "training"].map((name) => import.meta.resolve(`@fleuron/${name}`));

/** @param asked the options of `train` or `resume`. */
export const identityOf = async (asked: object): Promise<Identity> => ({
  build: await hashOfBuild(),
  options: hash(JSON.stringify(asked)),
});

async function hashOfBuild(): Promise<string> {
  const { env } = await import("onnxruntime-node");
  const code: string[] = [];
  for (const entry of PACKAGES) {
    const folder = fileURLToPath(new URL(".", entry));
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".js")).sort();
    for (const file of files) code.push(await readFile(`${folder}/${file}`, "utf8"));
  }
  return hash(JSON.stringify([describeVersions(), env.versions.node, ...code]));
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
