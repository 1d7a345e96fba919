import { loadClassifier } from "@fleuron/runtime-web";
import type { Contender } from "./contender.js";

export async function fleuron(threads: number): Promise<Contender> {
  const classifier = await loadClassifier("/bundle/", {
    executionProviders: ["wasm"],
    threads,
    cache: false,
  });
  return {
    name: "fleuron, wasm",
    async classify(photo) {
      const { decode, preprocess, run } = (await classifier.classify(photo)).timings;
      return { preprocessing: decode + preprocess, run };
    },
  };
}
