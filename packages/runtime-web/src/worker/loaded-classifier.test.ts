// A load that is ended while it waits; whole loads are tested in a browser.
import { SerialQueue } from "@fleuron/model";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { makeUpBundle, shallowNetwork, type TestBundle } from "../fixtures/made-up-bundle.js";
import type { BundleFiles } from "../messages.js";
import { LoadedClassifier } from "./loaded-classifier.js";
import type { ModelRuntime } from "./model-runtime.js";
import { Steps } from "./steps.js";

let bundle: TestBundle;
let files: BundleFiles;
beforeAll(async () => {
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("navigator", {});
  bundle = await makeUpBundle({ network: shallowNetwork });
  const entries = Object.entries(bundle.files);
  files = Object.fromEntries(entries.map(([path, bytes]) => [path.slice(1), new Blob([bytes as BlobPart])]));
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await bundle[Symbol.asyncDispose]();
});

const opened = { watch: undefined, run: vi.fn(), release: async () => undefined };

function load(signal: AbortSignal) {
  const runtime = {
    queue: new SerialQueue(),
    steps: new Steps(),
    file: undefined,
    requireSuited: vi.fn(),
    start: vi.fn(),
    open: vi.fn(async () => opened),
    release: vi.fn(),
    releaseLost: vi.fn(),
    failureOf: (cause) => cause as Error,
  } satisfies ModelRuntime;
  let endTurn = (): void => undefined;
  void runtime.queue.add(() => new Promise<void>((resolve) => (endTurn = resolve)));
  const loading = new LoadedClassifier(runtime, () => undefined).load(
    {
      bundle: files,
      wasmUrl: undefined,
      executionProviders: ["wasm"],
      precision: "auto",
      cache: false,
      threads: 1,
      stallTimeout: 1e6,
    },
    signal,
  );
  return { runtime, loading, endTurn: () => endTurn() };
}

it("opens the model when it is its turn", async () => {
  const { runtime, loading, endTurn } = load(new AbortController().signal);
  await vi.waitFor(() => expect(runtime.start).toHaveBeenCalled());
  expect(runtime.open).not.toHaveBeenCalled();
  endTurn();
  expect(await loading).toMatchObject({ executionProvider: "wasm" });
  expect(runtime.open).toHaveBeenCalledOnce();
});

it("does not open the model of a load that was ended while another classifier had its turn", async () => {
  const controller = new AbortController();
  const { runtime, loading, endTurn } = load(controller.signal);
  await vi.waitFor(() => expect(runtime.start).toHaveBeenCalled());
  controller.abort(new Error("the user has left"));
  endTurn();
  await expect(loading).rejects.toThrow("the user has left");
  expect(runtime.open).not.toHaveBeenCalled();
});
