// `pnpm bench webgpu`: how long does a training step take beside other libraries on WebGPU, and how much do they ask for?
import { loadAverage } from "./compare/machine.js";
import { progressLine } from "./inference/print.js";
import { summarise } from "./step/summarise.js";
import { webgpuOptions } from "./webgpu/options.js";
import { places } from "./webgpu/places.js";
import { type PlaceResult, printWebgpu } from "./webgpu/print.js";

const options = webgpuOptions();
const onProgress = progressLine();
const results: PlaceResult[] = [];
for (const place of options.places) {
  onProgress?.(place);
  const loadBefore = loadAverage();
  const measured = await places[place]({
    steps: options.steps,
    onProgress: (what) => onProgress?.(`${place}: ${what}`),
  });
  results.push(
    measured.status === "measured"
      ? {
          place,
          status: "measured",
          adapter: measured.adapter,
          loadAverage: loadBefore,
          contenders: summarise(measured.turns),
        }
      : { place, ...measured },
  );
}
onProgress?.("");
printWebgpu(results, options);
if (results.some(({ status }) => status === "refused" || status === "failed")) process.exitCode = 1;
