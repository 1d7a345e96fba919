import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { FleuronError } from "@fleuron/model";
import * as v from "valibot";

export interface Python {
  readonly command: string;
  readonly modules: ReadonlySet<string>;
}

const probe = fileURLToPath(new URL("../../peers/probe.py", import.meta.url));

/**
 * The Python of FLEURON_PYTHON, else `python3`, and which of `modules` it has; undefined where there is none.
 * @throws FleuronError "python-unusable" when FLEURON_PYTHON names something that does not run.
 */
export async function findPython(modules: readonly string[]): Promise<Python | undefined> {
  const wanted = process.env.FLEURON_PYTHON;
  const command = wanted || "python3";
  try {
    const { stdout } = await promisify(execFile)(command, [probe, ...modules]);
    const found = v.parse(v.record(v.string(), v.boolean()), JSON.parse(stdout));
    return { command, modules: new Set(modules.filter((name) => found[name])) };
  } catch (cause) {
    if (!wanted) return undefined;
    throw new FleuronError(
      "python-unusable",
      `FLEURON_PYTHON is '${wanted}', which does not run as a Python.`,
      {
        subject: "FLEURON_PYTHON",
        hint: "Give the path of an interpreter, for example venv/bin/python, or unset it to use python3.",
        cause,
      },
    );
  }
}
