// `pnpm bench page`.

import { commandLine, positive } from "./arguments.js";
import { loadAverage } from "./compare/machine.js";
import { progressLine } from "./inference/print.js";
import { measurePage } from "./page/measure.js";
import { printPage } from "./page/print.js";

const values = commandLine({
  visits: { type: "string" },
  json: { type: "boolean", default: false },
});
const visits = positive("visits", values.visits ?? "3");
const loadBefore = loadAverage();
const onProgress = progressLine();
const results = await measurePage({ visits }, onProgress);
onProgress?.("");
printPage(results, { visits, json: values.json, loadBefore });
