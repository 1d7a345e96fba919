import { runtimeError } from "../errors.js";
import type { Fallback } from "../messages.js";
import { webgpuProblem } from "../probe-webgpu.js";
import { type ExecutionProvider, executionProviders, type LoadOptions } from "./options.js";
import { softwareObjection } from "./software-adapter.js";

export interface ChosenProviders {
  /** Those to try, in order. */
  readonly candidates: readonly ExecutionProvider[];
  readonly fallbacks: readonly Fallback[];
}

export async function chooseProviders(
  wanted: LoadOptions["executionProviders"] = "auto",
): Promise<ChosenProviders> {
  const candidates: ExecutionProvider[] = [];
  const fallbacks: Fallback[] = [];
  let probe: ReturnType<typeof webgpuProblem> | undefined;
  const problem = () => {
    probe ??= webgpuProblem(wanted === "auto" ? softwareObjection : undefined);
    return probe;
  };
  for (const executionProvider of wanted === "auto" ? executionProviders : wanted) {
    const reason = executionProvider === "wasm" ? undefined : await problem();
    if (reason === undefined) candidates.push(executionProvider);
    else fallbacks.push({ executionProvider, reason });
    // WASM always works, so that nothing after it needs the larger build.
    if (candidates.includes("wasm")) break;
  }
  return { candidates, fallbacks };
}

/** Says why for each. */
export const noneLeft = (fallbacks: readonly Fallback[]) =>
  runtimeError(
    "execution-provider-unavailable",
    fallbacks.map(({ executionProvider, reason }) => `${executionProvider}: ${reason}.`).join(" "),
    { subject: "executionProviders", hint: 'Add "wasm", which works everywhere.' },
  );
