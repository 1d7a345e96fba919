import { loadEngine } from "@fleuron/trainer";
import { whyMissing } from "../why-missing.js";
import type { Contender } from "./contenders.js";
import type { Python } from "./find-python.js";
import type { Absence } from "./summarise.js";

/** Why a contender cannot take part here, as the command that changes it; undefined where it can. */
export async function whyAbsent(
  { python: needs, engine }: Pick<Contender, "python" | "engine">,
  python: Python | undefined,
): Promise<Absence | undefined> {
  if (needs && !python)
    return {
      status: "not installed",
      reason: `no python3 here; set FLEURON_PYTHON, then pip install ${needs.packages}`,
    };
  if (needs?.modules.some((name) => !python?.modules.has(name)))
    return { status: "not installed", reason: `${python?.command} -m pip install ${needs.packages}` };
  const reason = engine && (await whyMissing(await loadEngine(engine)));
  return reason ? { status: "not installed", reason } : undefined;
}
