// `pnpm bench train [--compare]`.
import { benchOptions } from "./arguments.js";

const options = benchOptions();
if (options.compare) await (await import("./compare/compare.js")).compare(options);
else await (await import("./train-alone.js")).trainAlone(options);
