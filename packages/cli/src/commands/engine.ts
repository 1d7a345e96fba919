import { newCommand } from "../command-line/new-command.js";
import type { Context } from "../context.js";
import { engineInstall } from "./engine-install.js";
import { engineList } from "./engine-list.js";
import { engineRemove } from "./engine-remove.js";

/** What computes: what there is, and what can be added. */
export const engine = (context: Context) =>
  newCommand({
    name: "engine",
    description: "Lists, installs or removes training engines.",
    examples: [
      ["pnpm fleuron engine list", "which engines work here"],
      ["pnpm fleuron engine install tfjs-node", "TensorFlow on the processor"],
      ["pnpm fleuron engine install tfjs-node-gpu", "TensorFlow on an NVIDIA GPU"],
      ["pnpm fleuron engine remove tfjs-node", "uninstalls it"],
    ],
  })
    .addCommand(engineList(context))
    .addCommand(engineInstall(context))
    .addCommand(engineRemove(context));
