// `node scripts/onnx-node-tests/run.mjs DIR [--into FILE] [--only TEXT]`: the cases that write-cases.py wrote, through the
// importer. A case passes when the interpreter and onnxruntime on the file that `toOnnx` writes both give what it expects.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { placeIn } from "../between-marks.mjs";
import { build } from "../build.mjs";
import { disputedCases } from "./disputed-cases.mjs";
import { imageOperators, shapeOperators } from "./operators.mjs";
import { summaryOf, tableOf } from "./table.mjs";

build("@fleuron/onnx-import");
const root = new URL("../../packages/graph/", import.meta.url);
const { InferenceSession, Tensor } = createRequire(root)("onnxruntime-node");
const { interpret, referenceTensor } = await import(new URL("dist/bundled/index.js", root).href);
const { toOnnx } = await import(new URL("dist/bundled/onnx.js", root).href);
const { importGraph } = await import(new URL("../onnx-import/dist/import-graph.js", root).href);

const TOLERANCE = 1e-4;
/** How raw little-endian numbers of a type are read. */
const arrays = { float: Float32Array, int64: BigInt64Array, int32: Int32Array, bool: Uint8Array };

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: { into: { type: "string" }, only: { type: "string", default: "" } },
});
const [folder] = positionals;
if (folder === undefined) {
  process.stderr.write("name the folder that write-cases.py wrote, for example: node run.mjs /tmp/cases\n");
  process.exit(2);
}
const file = options.into && resolve(process.env.INIT_CWD ?? ".", options.into);
const writeTable = file && placeIn(file, ["<!-- cases -->", "<!-- /cases -->"]);
const { onnx, cases } = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8"));

/** Cases of operators that are read, in opsets that are, on numbers of types that are. */
function isCounted({ suite, operator, opset, types, inputs }) {
  const isOfOne = shapeOperators.has(operator) || (imageOperators.has(operator) && inputs.length > 0);
  return suite !== "expanded" && opset >= 6 && isOfOne && types.every((type) => type in arrays);
}

async function resultOf(each) {
  let imported;
  try {
    imported = importGraph(readFileSync(join(folder, each.name, "model.onnx")));
  } catch (error) {
    const refusal = / slides over \d axes/.test(error.message) ? "no image" : "refused";
    if (error.code === "onnx-unsupported") return { outcome: refusal, message: error.message };
    return { outcome: "failed", message: `import: ${error.message}` };
  }
  try {
    const { graph, values, constants } = imported;
    const expected = each.outputs.map((tensor) => ({ ...tensor, numbers: numbersOf(each.name, tensor) }));
    for (const { name, shape, numbers } of expected) {
      const constant = constants.get(name);
      if (constant !== undefined) requireEqual(`constant ${name}`, constant, shape, numbers);
    }
    if (graph.outputs.length === 0) return { outcome: "passed" };
    const live = expected.filter(({ name }) => !constants.has(name));
    const given = each.inputs.map((tensor) => ({ ...tensor, numbers: numbersOf(each.name, tensor) }));
    const variable = (name) => graph.types[graph.variables.find((entry) => entry.name === name).value];
    const feeds = Object.fromEntries([
      ...given.map(({ name, shape, numbers }) => [name, referenceTensor(shape, numbers)]),
      ...Array.from(values, ([name, data]) => [name, referenceTensor(variable(name).shape, data)]),
    ]);
    const { outputs } = interpret(graph, feeds);
    for (const { name, shape, numbers } of live)
      requireEqual(`interpreter ${name}`, outputs.get(name), shape, numbers);
    await runOnnx(toOnnx(graph, { values }), given, live);
    return { outcome: "passed" };
  } catch (error) {
    return { outcome: "failed", message: error.message.split("\n")[0] };
  }
}

async function runOnnx(bytes, given, expected) {
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const tensors = given
    .filter(({ name }) => session.inputNames.includes(name))
    .map(({ name, shape, numbers }) => [name, new Tensor("float32", Float32Array.from(numbers), shape)]);
  const outputs = await session.run(Object.fromEntries(tensors));
  for (const { name, shape, numbers } of expected) {
    const { dims, data } = outputs[name];
    requireEqual(`onnxruntime ${name}`, { shape: dims, data: Array.from(data, Number) }, shape, numbers);
  }
  await session.release();
}

function numbersOf(name, { dtype, file }) {
  const bytes = new Uint8Array(readFileSync(join(folder, name, file)));
  const array = arrays[dtype];
  return Array.from(new array(bytes.buffer, 0, bytes.byteLength / array.BYTES_PER_ELEMENT), Number);
}

/** @throws Error that says where two tensors differ. */
function requireEqual(where, { shape, data }, expectedShape, expected) {
  if (shape.join() !== expectedShape.join())
    throw new Error(`${where} has the shape [${shape}] instead of [${expectedShape}]`);
  const differs = expected.findIndex((number, index) => !isNear(data[index], number));
  if (differs >= 0)
    throw new Error(`${where}[${differs}] is ${data[differs]} instead of ${expected[differs]}`);
}

const isNear = (number, expected) =>
  Object.is(number, expected) ||
  number === expected ||
  Math.abs(number - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));

const results = [];
for (const each of cases) {
  if (!each.name.includes(options.only) || !isCounted(each)) continue;
  const result = await resultOf(each);
  results.push({ ...each, ...result });
  if (result.outcome !== "passed")
    process.stdout.write(`${result.outcome} ${each.operator} ${each.name}: ${result.message}\n`);
}
process.stdout.write(`\n${summaryOf(results)}\n`);
writeTable?.(`\n${tableOf(results, onnx)}\n`);
const wrong = results.filter(({ outcome, name }) => outcome === "failed" && !disputedCases.has(name));
process.exitCode = results.length > 0 && wrong.length === 0 ? 0 : 1;
