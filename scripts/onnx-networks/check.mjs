// `node scripts/onnx-networks/check.mjs FILE[@HEIGHTxWIDTH]…`: networks that others wrote, through the importer.
import { basename, resolve } from "node:path";
import { compare } from "./compare.mjs";

/** A share of the largest number of an output. */
const TOLERANCE = 1e-5;
/** Two photos' outputs are at least as far from each other: else agreement proves nothing. */
const SPREAD = 10 * TOLERANCE;

const networks = process.argv.slice(2);
if (networks.length === 0) {
  process.stderr.write("name ONNX files, for example: node scripts/onnx-networks/check.mjs nets/*.onnx\n");
  process.exit(2);
}
const shown = (number) => number.toExponential(1);
const isClose = (difference) => difference <= TOLERANCE;

let passed = 0;
process.stdout.write("| File | Opset | Parameters | Interpreter | onnxruntime | Photos differ by |\n");
process.stdout.write("| --- | ---: | ---: | ---: | ---: | ---: |\n");
for (const network of networks) {
  const [path, size] = network.split("@");
  const row = (cells) => process.stdout.write(`| ${basename(path)} | ${cells.join(" | ")} |\n`);
  try {
    const file = resolve(process.env.INIT_CWD ?? ".", path);
    const { imported, differences, spread } = await compare(file, size?.split("x").map(Number));
    row([imported.opset, imported.parameters.length, ...differences.map(shown), shown(spread)]);
    if (differences.every(isClose) && spread >= SPREAD) passed++;
  } catch (error) {
    row([error.message.split("\n")[0]]);
  }
}
process.stdout.write(`\n${passed} of ${networks.length} within ${TOLERANCE} of the largest\n`);
process.exitCode = passed === networks.length ? 0 : 1;
