// How an imported network wants its photos, as files beside it say.
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { readFailure, systemCode } from "@fleuron/files";
import { type FoundPreprocessing, huggingFacePreprocessing, timmPreprocessing } from "@fleuron/model";

/** @throws FleuronError `preprocessing-invalid`, `file-unreadable`. */
export async function preprocessingBeside(path: string): Promise<FoundPreprocessing | undefined> {
  const folder = dirname(path);
  // Hugging Face's repositories have models in a folder "onnx", and all else above it.
  const folders = basename(folder) === "onnx" ? [folder, dirname(folder)] : [folder];
  for (const each of folders) {
    const processor = await textOf(join(each, "preprocessor_config.json"));
    if (processor !== undefined) return huggingFacePreprocessing(processor, "preprocessor_config.json");
    const config = await textOf(join(each, "config.json"));
    if (config !== undefined && isOfTimm(config)) return timmPreprocessing(config, "config.json");
  }
  return undefined;
}

const isOfTimm = (text: string): boolean => {
  const config = Object(objectIn(text));
  return "pretrained_cfg" in config || "crop_pct" in config;
};

function objectIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return undefined;
    throw readFailure(path, cause);
  }
}
