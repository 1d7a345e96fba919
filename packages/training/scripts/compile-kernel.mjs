// `node scripts/compile-kernel.mjs` writes src/onnx/kernel/kernel-bytes.ts from sgd.wat; a test keeps them equal.
import { readFile, writeFile } from "node:fs/promises";
import wabt from "wabt";

const folder = new URL("../src/onnx/kernel/", import.meta.url);

export async function compileKernel() {
  const { parseWat } = await wabt();
  const module = parseWat("sgd.wat", await readFile(new URL("sgd.wat", folder), "utf8"), { simd: true });
  return Buffer.from(module.toBinary({}).buffer).toString("base64");
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const source = `// Generated from sgd.wat by scripts/compile-kernel.mjs.
const base64 =
  "${await compileKernel()}";

export const kernelBytes = (): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
`;
  await writeFile(new URL("kernel-bytes.ts", folder), source);
}
