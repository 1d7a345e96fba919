// `pnpm bench inference [--kernels]`.
import { inferenceOptions } from "./inference/options.js";

const options = inferenceOptions();
if (options.kernels) await (await import("./inference/kernels.js")).compareKernels(options);
else await (await import("./inference/precisions.js")).comparePrecisions(options);
