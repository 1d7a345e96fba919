import type { Lowering } from "../lowering.js";
import { float } from "../wgsl.js";

/** Not WGSL's clamp, which refuses a lower bound above the upper one. */
export const clip: Lowering<"clip"> = {
  element({ inputs: [x], attributes: { low, high } }, index) {
    const raised = low === undefined ? x.load(index) : `max(${x.load(index)}, ${float(low)})`;
    return high === undefined ? raised : `min(${raised}, ${float(high)})`;
  },
};
