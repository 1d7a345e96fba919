// The tiles that suit the GPUs of this machine, as a JSON file.
import { promises as fs } from "node:fs";
import { replaceTextFile } from "@fleuron/files";
import { parseJson } from "@fleuron/model";
import type { TileStore } from "@fleuron/graph/webgpu";
import * as v from "valibot";

const tilesSchema = v.record(v.string(), v.string());

/** Empty where the file is not there or damaged. */
export async function openTileStore(file: string): Promise<TileStore> {
  const parsed = parseJson(tilesSchema, await fs.readFile(file, "utf8").catch(() => "{}"));
  const tiles = new Map(Object.entries("value" in parsed ? parsed.value : {}));
  return {
    get: async (key) => tiles.get(key),
    async set(key, tile) {
      tiles.set(key, tile);
      const text = `${JSON.stringify(Object.fromEntries(tiles), null, 2)}\n`;
      // Where nothing can be written, the next process measures again.
      await replaceTextFile(file, text).catch(() => undefined);
    },
  };
}
