// `node scripts/compile-kernel.mjs` writes the kernel-bytes.ts of each kernel from its text; tests keep them equal.
import { readFile, writeFile } from "node:fs/promises";
import wabt from "wabt";

const KERNELS = ["../src/augmentation/kernel/crop.wat", "../src/onnx/kernel/sgd.wat"];

/** The binary form of `file` in base64. */
export async function compileKernel(file) {
  const { parseWat } = await wabt();
  const module = parseWat(nameOf(file), await readFile(file, "utf8"), { simd: true });
  module.validate();
  return Buffer.from(module.toBinary({}).buffer).toString("base64");
}

const nameOf = (file) => file.pathname.split("/").at(-1);

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const kernel of KERNELS) {
    const file = new URL(kernel, import.meta.url);
    const source = `// Generated from ${nameOf(file)} by scripts/compile-kernel.mjs.
const base64 =
  "${await compileKernel(file)}";

export const kernelBytes = (): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
`;
    await writeFile(new URL("kernel-bytes.ts", file), source);
  }
}
