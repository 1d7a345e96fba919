// `pnpm bench page`.

import { commandLine, fail, positive } from "./arguments.js";
import { loadAverage } from "./compare/machine.js";
import { progressLine } from "./inference/print.js";
import { measureEngines, providers } from "./page/engines.js";
import { measurePage } from "./page/measure.js";
import { printPage } from "./page/print.js";
import { printEngines } from "./page/print-engines.js";

const values = commandLine({
  visits: { type: "string" },
  engines: { type: "boolean", default: false },
  bundle: { type: "string", multiple: true },
  provider: { type: "string", multiple: true },
  mbps: { type: "string" },
  threads: { type: "string" },
  photos: { type: "string" },
  json: { type: "boolean", default: false },
});
const visits = positive("visits", values.visits ?? "3");
const loadBefore = loadAverage();
const onProgress = progressLine();
if (values.engines) {
  const conditions = {
    megabits: optional("mbps", values.mbps),
    threads: optional("threads", values.threads),
  };
  const results = await measureEngines(
    {
      visits,
      bundles: values.bundle ?? [],
      providers: chosenProviders(values.provider),
      runs: positive("photos", values.photos ?? "40"),
      ...conditions,
    },
    onProgress,
  );
  onProgress?.("");
  printEngines(results, { visits, json: values.json, loadBefore, ...conditions });
} else {
  for (const name of ["bundle", "provider", "mbps", "threads", "photos"] as const)
    if (values[name] !== undefined) fail(`--${name} goes with --engines.`);
  const results = await measurePage({ visits }, onProgress);
  onProgress?.("");
  printPage(results, { visits, json: values.json, loadBefore });
}

function optional(name: string, text: string | undefined): number | undefined {
  return text === undefined ? undefined : positive(name, text);
}

function chosenProviders(names: readonly string[] = providers) {
  const unknown = names.find((name) => !(providers as readonly string[]).includes(name));
  if (unknown !== undefined) fail(`--provider must be one of ${providers.join(", ")} but is '${unknown}'.`);
  return providers.filter((name) => names.includes(name));
}
