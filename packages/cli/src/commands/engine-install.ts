import { newCommand } from "../command-line/new-command.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import { answer, resultOf } from "../work/result.js";

/** Installs an engine into the user's data folder. */
export const engineInstall = (context: Context) =>
  newCommand({
    name: "install",
    description: "Installs an engine into your data folder, and tries it; nothing else is changed.",
    examples: [
      ["pnpm fleuron engine install tfjs-node", "fetches TensorFlow (274 MB), builds, tries"],
      [
        "pnpm fleuron engine install tfjs-node-gpu",
        "with CUDA's libraries (3.4 GB): only the driver is needed",
      ],
      ["pnpm fleuron engine install onnx-cuda", "onnxruntime on an NVIDIA GPU (1.35 GB): unverified"],
      [
        "pnpm fleuron engine install webgpu",
        "Dawn (51 MB), for any GPU with a Vulkan, Metal or Direct3D driver",
      ],
      ["pnpm fleuron engine install tfjs-node --from tensorflow.whl", "without downloading it"],
      ["FLEURON_ENGINES=/opt/engines pnpm fleuron engine install tfjs-node", "into another folder"],
    ],
  })
    .argument("<name>", "tfjs-node, tfjs-node-gpu, onnx-cuda or webgpu")
    .option(
      "--from <path>",
      "libtensorflow: a wheel, a C archive, the folder of either, or a folder of wheels, CUDA's too (default: fetched)",
    )
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async (name, { json = false, from }) => {
      const trainer = await context.loadTrainer();
      using stop = interruptible(context);
      const work = trainer.installEngine({ name, from, signal: stop.signal });
      const installed = await resultOf(work, context, { quiet: json });
      const what = Object.entries(installed.versions).map((pair) => pair.join(" "));
      const lines = () => [`installed ${name}: ${what.join(", ")}`, installed.folder];
      answer(context, installed, { json, lines });
    });
