// `pnpm bench commands`: how long do people wait for a command, from a cold process to its end?
import { resolve } from "node:path";
import { commandLine, fail, positive } from "./arguments.js";
import { casesFor } from "./commands/cases.js";
import { checkoutHere, openCheckout } from "./commands/checkout.js";
import { prepare } from "./commands/prepare.js";
import { printCommands } from "./commands/print.js";
import { takeTurns } from "./commands/turns.js";
import { loadAverage } from "./compare/machine.js";
import { progressLine } from "./inference/print.js";
import { temporaryFolder } from "./temporary-folder.js";

const values = commandLine({
  against: { type: "string" },
  times: { type: "string" },
  json: { type: "boolean", default: false },
});
const times = positive("times", values.times ?? "5");
const against = values.against && resolve(process.env.INIT_CWD ?? ".", values.against);
const checkouts = [checkoutHere, ...(against ? [openCheckout(against) ?? notBuilt(against)] : [])];
const loadBefore = loadAverage();
const onProgress = progressLine();
await using temporary = await temporaryFolder("commands");
onProgress?.("training a network to ask");
// By the older one: the newer one reads what it wrote.
const prepared = await prepare(checkouts.at(-1)!, temporary.folder);
const results = await takeTurns(casesFor(prepared), checkouts, { times, onProgress });
onProgress?.("");
printCommands(results, { checkouts, times, json: values.json, loadBefore });

function notBuilt(checkout: string): never {
  return fail(`--against must be a checkout of Fleuron that was built (pnpm build): '${checkout}' is not.`);
}
