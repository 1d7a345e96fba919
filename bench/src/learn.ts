// `pnpm bench learn --network model.onnx --data photos`: how soon does a page on the processor know a few photos of each class?
import { resolve } from "node:path";
import { commandLine, fail, positive } from "./arguments.js";
import { loadAverage } from "./compare/machine.js";
import { progressLine } from "./inference/print.js";
import { measureLearning } from "./learn/measure.js";
import { printLearning } from "./learn/print.js";

const values = commandLine({
  network: { type: "string" },
  data: { type: "string" },
  preprocessing: { type: "string" },
  resize: { type: "string" },
  "per-class": { type: "string" },
  classes: { type: "string" },
  times: { type: "string" },
  json: { type: "boolean", default: false },
});
const given = (name: "network" | "data", what: string) =>
  values[name] === undefined
    ? fail(`--${name} must name ${what}.`)
    : resolve(process.env.INIT_CWD ?? ".", values[name]);
const options = {
  network: given("network", "an ONNX file, such as EfficientNet-Lite0's"),
  data: given("data", "a folder of photos with a folder for each class"),
  perClass: positive("per-class", values["per-class"] ?? "20"),
  classes: positive("classes", values.classes ?? "3"),
  times: positive("times", values.times ?? "3"),
  training: {
    ...(values.preprocessing && { preprocessing: values.preprocessing }),
    ...(values.resize && { resize: values.resize }),
  },
};
const loadBefore = loadAverage();
const onProgress = progressLine();
const result = await measureLearning(options, onProgress);
onProgress?.("");
printLearning(result, { times: options.times, json: values.json, loadBefore });
