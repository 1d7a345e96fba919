// What computes, why nothing else does, and the switches for both provider and storage precision.
import { type Manifest, megabytes, modelBytes } from "@fleuron/model";
import type { Fallback } from "@fleuron/runtime-web";
import { element, fill } from "../dom.js";
import type { Choice, Session, SessionState } from "../session/session.js";
import { milliseconds, providerNames } from "../words.js";
import { choices } from "./choices.js";
import { facts } from "./facts.js";

export interface EngineView {
  show(state: SessionState): void;
}

export interface EngineOptions {
  readonly session: Session;
  readonly manifest: Manifest;
  readonly onChoose: (choice: Choice) => void;
  /** What is said about the next visit. */
  readonly keeping: Node;
}

export function createEngineView(node: HTMLElement, options: EngineOptions): EngineView {
  const { session, manifest, onChoose, keeping } = options;
  const onnx = manifest.models.filter(({ format }) => format === "onnx");
  const providers = choices({
    legend: "Runs on",
    name: "executionProvider",
    choices: [
      ["auto", "automatic", "a real GPU, else WebAssembly"],
      ["kernels", providerNames.kernels, "any GPU, without onnxruntime"],
      ["webgpu", providerNames.webgpu, "an emulated GPU, too"],
      ["wasm", providerNames.wasm, "the processor"],
    ],
    chosen: session.choice.executionProvider,
    onChoose: (executionProvider) => onChoose({ ...session.choice, executionProvider }),
  });
  const precisions = choices({
    legend: "Weights in",
    name: "precision",
    choices: [
      ["auto", "automatic", "best for this device"] as const,
      ...onnx.map((model) => [model.precision, model.precision, megabytes(modelBytes(model))] as const),
    ],
    chosen: session.choice.precision,
    onChoose: (precision) => onChoose({ ...session.choice, precision }),
  });
  const told = element("div", { class: "told" });
  // What grows when the model is ready comes last, so that nothing moves.
  fill(node, providers, precisions, keeping, told);
  return {
    show(state) {
      fill(told, facts(linesOf(state)));
    },
  };
}

const nameOf = ({ executionProvider, threads }: Fallback) =>
  providerNames[executionProvider] + (threads ? ` with ${threads} threads` : "");

function linesOf(state: SessionState): readonly (readonly [string, string])[] {
  if (state.phase !== "ready") return [["runs now", state.phase === "failed" ? "nothing" : "not yet"]];
  const { executionProvider, fallbacks, model } = state.classifier;
  return [
    ["runs now", `${providerNames[executionProvider]}, weights in ${model.precision}`],
    ["size", megabytes(modelBytes(model))],
    ["ready after", milliseconds(state.seconds * 1000)],
    ...fallbacks.map((each) => [`not ${nameOf(each)}`, each.reason] as const),
  ];
}
