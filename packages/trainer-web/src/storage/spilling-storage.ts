import { FleuronError } from "@fleuron/model";
import { memoryStorage } from "./memory-storage.js";
import type { RunStorage } from "./run-storage.js";

/** Files of `saved` as long as there is room; what is written afterwards is kept in memory, and what was saved stays. */
export function spillingStorage(saved: RunStorage, onFull: (error: FleuronError) => void): RunStorage {
  let memory: RunStorage | undefined;
  return {
    get outlives() {
      return saved.outlives && memory === undefined;
    },
    read: async (name) => (await memory?.read(name)) ?? saved.read(name),
    async replace(name, write) {
      if (memory === undefined) {
        try {
          return await saved.replace(name, write);
        } catch (error) {
          if (!(error instanceof FleuronError && error.code === "storage-full")) throw error;
          // Two files may meet a full storage at once.
          if (memory === undefined) onFull(error);
          memory ??= memoryStorage();
        }
      }
      await memory.replace(name, write);
    },
    async clear() {
      await memory?.clear();
      await saved.clear();
    },
  };
}
