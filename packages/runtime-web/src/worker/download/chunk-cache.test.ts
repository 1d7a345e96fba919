// A storage that falls silent; what a well one keeps is tested in a browser.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openChunkCache } from "./chunk-cache.js";

const never = () => new Promise<never>(() => undefined);
const SILENT = expect.stringContaining("storage does not answer");
const onFailure = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("isSecureContext", true);
  onFailure.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("is done without when it does not open", async () => {
  vi.stubGlobal("caches", { open: never });
  const opening = openChunkCache(onFailure);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await (await opening).read("a")).toBeUndefined();
  expect(onFailure).toHaveBeenCalledExactlyOnceWith(SILENT);
});

it("is waited for once, and told once", async () => {
  const storage = { match: vi.fn(never), put: vi.fn(never), keys: vi.fn(never) };
  vi.stubGlobal("caches", { open: async () => storage });
  const cache = await openChunkCache(onFailure);
  const read = cache.read("a");
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await read).toBeUndefined();
  expect(await cache.read("b")).toBeUndefined();
  cache.write("c", new Uint8Array(1));
  await cache.flush();
  expect(onFailure).toHaveBeenCalledExactlyOnceWith(SILENT);
  expect(storage.match).toHaveBeenCalledOnce();
  expect(storage.put).not.toHaveBeenCalled();
  expect(storage.keys).not.toHaveBeenCalled();
});

it("that says no to one chunk is asked for others", async () => {
  const match = vi.fn().mockRejectedValueOnce(new Error("disk")).mockResolvedValue(new Response("kept"));
  vi.stubGlobal("caches", { open: async () => ({ match }) });
  const cache = await openChunkCache(onFailure);
  expect(await cache.read("a")).toBeUndefined();
  expect(await cache.read("b")).toEqual(new TextEncoder().encode("kept"));
  expect(onFailure).not.toHaveBeenCalled();
});
