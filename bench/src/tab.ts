// `pnpm bench tab`: how long does a training step take in a page that has no GPU?
import { commandLine, positive } from "./arguments.js";
import { loadAverage } from "./compare/machine.js";
import { progressLine } from "./inference/print.js";
import { fullComparison, smallComparison } from "./tab/comparisons.js";
import { inTab } from "./tab/in-tab.js";
import { printTab } from "./tab/print.js";

const values = commandLine({ steps: { type: "string" }, json: { type: "boolean", default: false } });
const steps = positive("steps", values.steps ?? "8");
const onProgress = progressLine() ?? (() => undefined);
const before = loadAverage();
const compared = await inTab(onProgress, async (page) => ({
  small: await smallComparison(page, { steps, onProgress }),
  full: await fullComparison(page, { steps, onProgress }),
}));
onProgress("");
printTab({ steps, loadAverage: before, ...compared }, values);
