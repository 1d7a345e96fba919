// The onnxruntime-node that Fleuron computes with, copied to where its providers can lie beside it.
import { promises as fs } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { ADDON, type OnnxCudaInstallation } from "./installation.js";

const require = createRequire(import.meta.url);

/** @returns Its version. */
export async function copyOnnxruntime({ npmPackage }: OnnxCudaInstallation): Promise<string> {
  const manifest = require.resolve("onnxruntime-node/package.json");
  const from = path.dirname(manifest);
  for (const part of ["package.json", "dist", ADDON])
    await copy(path.join(from, part), path.join(npmPackage, part));
  // Its own dependency, of the same version, whose package.json cannot be asked for: its main file lies in dist/cjs.
  const common = path.join(path.dirname(createRequire(manifest).resolve("onnxruntime-common")), "../..");
  await copy(common, path.join(npmPackage, "../onnxruntime-common"));
  return (require(manifest) as { readonly version: string }).version;
}

const copy = (from: string, to: string): Promise<void> =>
  fs.cp(from, to, { recursive: true, dereference: true });
