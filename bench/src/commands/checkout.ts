import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A clone of Fleuron, built. */
export interface Checkout {
  readonly name: string;
  readonly folder: string;
  /** The command line's module, which Node runs. */
  readonly main: string;
}

export const checkoutHere: Checkout = at("here", fileURLToPath(new URL("../../../", import.meta.url)));

/** Undefined where there is none that was built. */
export function openCheckout(folder: string): Checkout | undefined {
  const checkout = at("there", folder);
  return existsSync(checkout.main) ? checkout : undefined;
}

function at(name: string, folder: string): Checkout {
  return { name, folder, main: join(folder, "packages/cli/dist/main.js") };
}
