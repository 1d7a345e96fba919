import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A clone of Fleuron, built. */
export interface Checkout {
  readonly name: string;
  readonly folder: string;
  /** The command line's module, which Node runs. */
  readonly main: string;
}

export const checkoutHere = at("here", fileURLToPath(new URL("../../../", import.meta.url)))!;

/** Undefined where there is none that was built. */
export const openCheckout = (folder: string): Checkout | undefined => at("there", folder);

function at(name: string, folder: string): Checkout | undefined {
  const cli = join(folder, "packages/cli");
  const manifest = join(cli, "package.json");
  if (!existsSync(manifest)) return undefined;
  const main = join(cli, JSON.parse(readFileSync(manifest, "utf8")).bin.fleuron);
  return existsSync(main) ? { name, folder, main } : undefined;
}
