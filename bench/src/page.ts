// `pnpm bench page`.

import { resolve } from "node:path";
import { commandLine, fail, positive } from "./arguments.js";
import { loadAverage } from "./compare/machine.js";
import { progressLine } from "./inference/print.js";
import { measureEngines } from "./page/engines.js";
import { measurePage } from "./page/measure.js";
import { printPage } from "./page/print.js";
import { printEngines } from "./page/print-engines.js";

const values = commandLine({
  visits: { type: "string" },
  engines: { type: "boolean", default: false },
  bundle: { type: "string" },
  json: { type: "boolean", default: false },
});
const visits = positive("visits", values.visits ?? "3");
if (values.bundle !== undefined && !values.engines) fail("--bundle goes with --engines.");
const loadBefore = loadAverage();
const onProgress = progressLine();
if (values.engines) {
  const bundle = values.bundle && resolve(process.env.INIT_CWD ?? ".", values.bundle);
  const results = await measureEngines({ visits, bundle }, onProgress);
  onProgress?.("");
  printEngines(results, { visits, json: values.json, loadBefore });
} else {
  const results = await measurePage({ visits }, onProgress);
  onProgress?.("");
  printPage(results, { visits, json: values.json, loadBefore });
}
