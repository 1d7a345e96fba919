import type { loadClassifier, WebClassifier } from "@fleuron/runtime-web";
import { expect, it, vi } from "vitest";
import { Session, type SessionState } from "./session.js";

type Load = typeof loadClassifier;
type Options = NonNullable<Parameters<Load>[1]>;

/** Loads that the test ends as it likes. */
function lab() {
  const loads: {
    options: Options;
    done: (dispose?: () => Promise<void>) => void;
    fail: (e: Error) => void;
  }[] = [];
  const states: SessionState[] = [];
  const load: Load = (_bundle, options = {}) =>
    new Promise<WebClassifier>((resolve, reject) => {
      const { signal } = options;
      signal?.addEventListener("abort", () => reject(signal.reason));
      const done = (dispose: () => Promise<void> = async () => undefined) =>
        resolve({ dispose } as Partial<WebClassifier> as WebClassifier);
      loads.push({ options, done, fail: reject });
    });
  const session = new Session({
    bundle: "bundle/",
    load,
    onChange: (state) => states.push(state),
    onWarning: () => undefined,
  });
  return { session, loads, states };
}
const told = (options: Options, completed: number, total: number) =>
  options.onProgress?.({ type: "progress", task: "download", completed, total, unit: "bytes" });

it("loads once, however many wait", async () => {
  const { session, loads } = lab();
  const first = session.classifier();
  expect(session.classifier()).toBe(first);
  loads[0]!.done();
  await first;
  expect(loads).toHaveLength(1);
});

it("tells of bytes, then of making ready, then that it is ready", async () => {
  const { session, loads, states } = lab();
  const loading = session.classifier();
  told(loads[0]!.options, 3, 10);
  told(loads[0]!.options, 10, 10);
  loads[0]!.done();
  await loading;
  expect(states.map(({ phase }) => phase)).toEqual(["downloading", "downloading", "preparing", "ready"]);
});

it("calls a load off when another is chosen, and tells nothing of it any more", async () => {
  const { session, loads, states } = lab();
  const first = session.classifier();
  first.catch(() => undefined);
  const second = session.choose({ executionProvider: "wasm", precision: "int8" });
  await expect(first).rejects.toHaveProperty("name", "AbortError");
  await vi.waitFor(() => expect(loads).toHaveLength(2));
  expect(loads[1]!.options).toMatchObject({ executionProviders: ["wasm"], precision: "int8" });
  told(loads[0]!.options, 5, 10);
  loads[1]!.done();
  await second;
  expect(states.map(({ phase }) => phase)).toEqual(["downloading", "downloading", "ready"]);
});

it("lets the old classifier give its memory back before the new one is loaded", async () => {
  const { session, loads } = lab();
  const first = session.classifier();
  const order: string[] = [];
  loads[0]!.done(async () => void order.push(`disposed after ${loads.length} loads`));
  await first;
  const second = session.choose({ executionProvider: "auto", precision: "float16" });
  await vi.waitFor(() => expect(loads).toHaveLength(2));
  loads[1]!.done();
  await second;
  expect(order).toEqual(["disposed after 1 loads"]);
});

it("loads the last of several quick choices only", async () => {
  const { session, loads } = lab();
  const first = session.classifier();
  loads[0]!.done();
  await first;
  const second = session.choose({ executionProvider: "webgpu", precision: "auto" });
  const third = session.choose({ executionProvider: "wasm", precision: "auto" });
  await expect(second).rejects.toHaveProperty("name", "AbortError");
  await vi.waitFor(() => expect(loads).toHaveLength(2));
  loads[1]!.done();
  await third;
  expect(loads.map(({ options }) => options.executionProviders)).toEqual(["auto", ["wasm"]]);
});

it("gives the classifier's memory back when it is not needed any more, and calls off a load", async () => {
  const { session, loads } = lab();
  const first = session.classifier();
  const dispose = vi.fn(async () => undefined);
  loads[0]!.done(dispose);
  await first;
  await session.dispose();
  expect(dispose).toHaveBeenCalledOnce();

  const other = lab();
  const loading = other.session.classifier();
  const failed = expect(loading).rejects.toHaveProperty("name", "AbortError");
  await other.session.dispose();
  await failed;
  expect(other.loads[0]!.options.signal?.aborted).toBe(true);
});

it("loads again after a failure, when it is asked again", async () => {
  const { session, loads, states } = lab();
  const first = session.classifier();
  loads[0]!.fail(new Error("no network"));
  await expect(first).rejects.toThrow("no network");
  expect(states.at(-1)).toMatchObject({ phase: "failed" });
  const second = session.classifier();
  loads[1]!.done();
  await second;
  expect(session.state.phase).toBe("ready");
});
