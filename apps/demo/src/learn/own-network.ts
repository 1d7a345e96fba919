// The network that the page classifies with, as one that goes on learning.
import { type BundleModel, MANIFEST_FILE, type Manifest, modelBytes } from "@fleuron/model";
import type { NetworkFiles } from "@fleuron/trainer-web";
import { fetchManifest } from "../session/fetch-manifest.js";

export interface OwnNetwork {
  readonly name: string;
  /** What has to be fetched. */
  readonly bytes: number;
  /** Its files; the browser may have kept some. */
  fetch(signal: AbortSignal): Promise<NetworkFiles>;
}

/** Undefined where the page has none, or none of real numbers: integers do not go on learning. */
export async function findOwnNetwork(bundle: string): Promise<OwnNetwork | undefined> {
  const manifest = await fetchManifest(bundle).catch(() => undefined);
  const models = manifest?.models.filter(
    ({ format, precision }) => format === "onnx" && ["float16", "float32"].includes(precision),
  );
  const [model] = models?.sort((one, other) => modelBytes(one) - modelBytes(other)) ?? [];
  if (manifest === undefined || model === undefined) return undefined;
  return {
    name: nameOf(manifest),
    bytes: modelBytes(model),
    fetch: (signal) => filesOf(bundle, manifest, model, signal),
  };
}

const nameOf = ({ training, source }: Manifest): string =>
  training?.network.name ?? source?.file ?? "a network";

async function filesOf(
  bundle: string,
  manifest: Manifest,
  model: BundleModel,
  signal: AbortSignal,
): Promise<NetworkFiles> {
  const folder = new URL(bundle, document.baseURI);
  const files: Record<string, Blob> = {
    [MANIFEST_FILE]: new Blob([JSON.stringify({ ...manifest, models: [model] })]),
  };
  for (const { path } of model.files) {
    const response = await fetch(new URL(path, folder), { signal });
    if (!response.ok) throw new Error(`The server answers ${response.status} for ${path}.`);
    files[path] = await response.blob();
  }
  return files;
}
