import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/** A sum of 2 and 5 rows, which no shape forbids and onnxruntime fails at, in a process of its own. */
const script = `
  import { add, GraphBuilder } from ${module("../../node_modules/@fleuron/graph/dist/index.js")};
  import { toOnnx } from ${module("../../node_modules/@fleuron/graph/dist/onnx/index.js")};
  import { onnxruntime } from ${module("../../dist/index.js")};
  const { InferenceSession, Tensor, env } = onnxruntime;
  if (process.argv[1] !== undefined) env.logLevel = process.argv[1];
  const builder = new GraphBuilder("sum");
  const [one, other] = ["one", "other"].map((name) => builder.input(name, { type: "tensor" }, ["batch", 3]));
  builder.output("sum", add(one, other));
  const session = await InferenceSession.create(toOnnx(builder.build()));
  const rows = (count) => new Tensor("float32", new Float32Array(3 * count), [count, 3]);
  await session.run({ one: rows(2), other: rows(5) }).catch((error) => console.log(error.message));
`;

/** Which native libraries a process has loaded that made them ready. */
const preparing = `
  import { prepare } from ${module("../../dist/index.js")};
  await prepare();
  console.log(process.report.getReport().sharedObjects.join());
`;

function inNode(...script: readonly string[]) {
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  return spawnSync(process.execPath, ["--input-type=module", "--eval", ...script], { cwd, encoding: "utf8" });
}

const failing = (...level: readonly string[]) => inNode(script, ...level);

it("throws what went wrong and writes nothing of it to the terminal", () => {
  const { stdout, stderr } = failing();
  expect(stderr).toBe("");
  expect(stdout).toContain("Non-zero status code returned while running Add");
});

it("writes it where a program asks for it", () => {
  expect(failing("error").stderr).toContain("Non-zero status code returned while running Add");
});

it("is made ready, with the decoder, without a word", () => {
  const { stdout, stderr } = inNode(preparing);
  expect(stderr).toBe("");
  for (const library of [/libonnxruntime|onnxruntime\.dll/, /sharp/]) expect(stdout).toMatch(library);
});
