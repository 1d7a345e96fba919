import type { Context } from "../context.js";
import { newCommand } from "./common.js";
import { engineInstall } from "./engine-install.js";
import { engineRemove } from "./engine-remove.js";

/** What computes: what there is, and what can be added. */
export const engine = (context: Context) =>
  newCommand({
    name: "engine",
    description: "Installs or removes what computes the training.",
    examples: [
      ["pnpm fleuron engine install tfjs-node", "TensorFlow on the processor"],
      ["pnpm fleuron engine remove tfjs-node", "and it is gone"],
    ],
  })
    .addCommand(engineInstall(context))
    .addCommand(engineRemove(context));
