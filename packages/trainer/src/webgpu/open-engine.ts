import { openDevice } from "@fleuron/graph/webgpu";
import { FleuronError } from "@fleuron/model";
import { type TrainingEngine, type TrainingPlan, trainerError } from "@fleuron/training";
import { createWebgpuEngine } from "@fleuron/training/webgpu";
import { described, findAdapter } from "./dawn.js";
import type { WebgpuInstallation } from "./installation.js";
import { INSTALL } from "./look.js";
import { openTileStore } from "./tile-store.js";

/** @throws FleuronError "engine-unavailable" where Dawn cannot be loaded or finds no adapter. */
export async function openWebgpuEngine(
  plan: TrainingPlan,
  installation: WebgpuInstallation,
  { version, deterministic = false }: { readonly version: string; readonly deterministic?: boolean },
): Promise<TrainingEngine> {
  const adapter = await findAdapter(installation).catch((cause: unknown) => {
    if (cause instanceof FleuronError) throw cause;
    throw trainerError("engine-unavailable", `The engine webgpu cannot be loaded: ${wordsOf(cause)}`, {
      subject: "webgpu",
      hint: `'${INSTALL}' reinstalls it.`,
      cause,
    });
  });
  if (adapter === undefined) {
    throw trainerError("engine-unavailable", "The engine webgpu found no GPU that it can use.", {
      subject: "webgpu",
      hint: "docs/webgpu.md says what it needs.",
    });
  }
  const { words, emulated } = described(adapter);
  return createWebgpuEngine(plan, {
    device: await openDevice(adapter).catch((cause: unknown) => {
      throw trainerError("engine-unavailable", `The engine webgpu cannot use the GPU: ${wordsOf(cause)}`, {
        subject: "webgpu",
        hint: "Close what else uses the GPU, or use `engine` onnx-cpu.",
        cause,
      });
    }),
    ownsDevice: true,
    tiles: emulated ? undefined : await openTileStore(installation.tiles),
    description: {
      engine: "webgpu",
      precision: plan.precision,
      threads: 1,
      ...(deterministic && { deterministic }),
      versions: { webgpu: version, adapter: words },
    },
  });
}

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
