// The files of a network that a page gives, read.
import { MANIFEST_FILE, parseManifest } from "@fleuron/model";
import type { OnnxFile } from "@fleuron/onnx-import";
import { trainerWebError } from "../errors.js";
import type { NetworkFiles } from "../messages.js";

/** @throws FleuronError "network-unusable" where no file is the network's; those of reading a manifest. */
export async function readNetworkFiles(given: NetworkFiles): Promise<OnnxFile> {
  if (given instanceof Blob) {
    const file = given instanceof File ? given.name : "network.onnx";
    return { path: file, file, bytes: await bytesOf(given), externalData: () => undefined };
  }
  const [model, ...beside] = await pathsOf(given);
  const external = new Map<string, Uint8Array>();
  for (const path of beside) external.set(path, await bytesOf(fileOf(given, path)));
  return {
    path: model,
    file: model.slice(model.lastIndexOf("/") + 1),
    bytes: await bytesOf(fileOf(given, model)),
    externalData: (path) => external.get(path),
  };
}

type Files = Exclude<NetworkFiles, Blob>;

/** The model's file first. */
async function pathsOf(files: Files): Promise<readonly [string, ...string[]]> {
  const manifest = files[MANIFEST_FILE];
  if (manifest) {
    const { models } = parseManifest(await manifest.text(), MANIFEST_FILE);
    for (const wanted of ["float32", "float16"] as const) {
      const model = models.find(({ format, precision }) => format === "onnx" && precision === wanted);
      if (model) return model.files.map(({ path }) => path) as [string, ...string[]];
    }
    throw unusable("The bundle has no ONNX model of float32 or float16: integers do not go on learning");
  }
  const paths = Object.keys(files);
  const [model, ...others] = paths.filter((path) => path.endsWith(".onnx"));
  if (model === undefined) throw unusable("None of its files ends in .onnx");
  if (others.length > 0) throw unusable(`Several files are ONNX models: ${[model, ...others].join(", ")}`);
  return [model, ...paths.filter((path) => path !== model)];
}

function fileOf(files: Files, path: string): Blob {
  const file = files[path];
  if (file) return file;
  throw unusable(`The bundle's file ${path} is missing`);
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

const unusable = (problem: string) =>
  trainerWebError("network-unusable", `${problem}.`, {
    subject: "network",
    hint: "Give an ONNX file with its weights inside, or all files of a bundle by their paths.",
  });
