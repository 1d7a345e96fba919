import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

export interface TemporaryFolder extends AsyncDisposable {
  readonly folder: string;
}

/** Those that are still there. */
const folders = new Set<string>();

/** A new folder, which goes with its disposal, and with the process where that ends before, by a signal too. */
export async function temporaryFolder(name: string): Promise<TemporaryFolder> {
  watch();
  const folder = await mkdtemp(join(tmpdir(), `fleuron-${name}-`));
  folders.add(folder);
  const dispose = async () => {
    folders.delete(folder);
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, [Symbol.asyncDispose]: dispose };
}

let isWatched = false;

function watch(): void {
  if (isWatched) return;
  isWatched = true;
  process.on("exit", () => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  // Without a listener the process would end without "exit".
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => process.exit(128 + constants.signals[signal]));
}
