// `pnpm bench browser`.

import { measureInBrowser } from "./browser/measure.js";
import { browserOptions } from "./browser/options.js";
import { printBrowser } from "./browser/print.js";
import { loadAverage } from "./compare/machine.js";
import { progressLine } from "./inference/print.js";

const options = browserOptions();
const loadBefore = loadAverage();
const onProgress = progressLine();
const results = await measureInBrowser(options, onProgress);
onProgress?.("");
printBrowser(results, { ...options, loadBefore });
