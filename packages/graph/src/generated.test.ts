import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "fleuron-generated-"));
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ["src/onnx/generated/onnx_pb.ts", "onnx"],
  ["src/tensorflow/generated/saved_model_pb.ts", "tensorflow"],
])("%s is what protoc-gen-es writes from proto/%s", (file, dialect) => {
  const bin = join(root, "node_modules", ".bin");
  execFileSync(join(bin, "buf"), ["generate", "--template", `buf.gen.${dialect}.yaml`, "-o", folder], {
    cwd: root,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  });
  expect(readFileSync(join(folder, file), "utf8")).toBe(readFileSync(join(root, file), "utf8"));
});
