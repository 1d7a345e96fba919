// What is typed where this is: `pnpm train` in a clone, whose root has scripts for it; `npx fleuron train` elsewhere.
import { existsSync } from "node:fs";

const inClone = existsSync(new URL("../../../../scripts/fleuron.mjs", import.meta.url));

/** A text that names the commands of a clone, for those who have installed the package. */
export const asInstalled = (text: string): string => text.replace(/\bpnpm (?:fleuron )?/g, "npx fleuron ");

/** A text that names the commands of a clone, with those that exist here. */
export const asLaunched: (text: string) => string = inClone ? (text) => text : asInstalled;
