import type { RunStorage } from "./run-storage.js";

/** Where a browser has no storage, as in some private windows: the run lives as long as its page. */
export function memoryStorage(): RunStorage {
  const files = new Map<string, Blob>();
  return {
    outlives: false,
    read: async (name) => files.get(name),
    async replace(name, write) {
      const parts: { readonly position: number; readonly blob: Blob }[] = [];
      await write(async (bytes, position) => void parts.push({ position, blob: new Blob([bytes]) }));
      parts.sort((one, other) => one.position - other.position);
      files.set(name, new Blob(parts.map(({ blob }) => blob)));
    },
    clear: async () => files.clear(),
  };
}
