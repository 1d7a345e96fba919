// The network that the page classifies with, as one that goes on learning.
import { type BundleModel, FleuronError, MANIFEST_FILE, type Manifest, modelBytes } from "@fleuron/model";
import type { NetworkFiles } from "@fleuron/trainer-web";
import { isWebPage } from "../is-web-page.js";
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
  for (const { path, bytes } of model.files) {
    const { href } = new URL(path, folder);
    const file = await fetchFile(href, signal);
    if (file.size !== bytes) {
      throw failed("integrity-mismatch", href, `${href}: it has ${file.size} in place of ${bytes} bytes.`);
    }
    files[path] = file;
  }
  return files;
}

/** @throws FleuronError "network-failed", "http-status", "html-instead"; the signal's reason. */
async function fetchFile(url: string, signal: AbortSignal): Promise<Blob> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw failed("http-status", url, `${url}: the server answered ${response.status}.`);
    if (isWebPage(response))
      throw failed("html-instead", url, `${url}: the server sent a web page instead of the file.`);
    return await response.blob();
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof FleuronError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw failed("network-failed", url, `${url} could not be loaded: ${reason}.`, cause);
  }
}

/** As the runtime says it of the model that it loads. */
const failed = (code: string, subject: string, message: string, cause?: unknown) =>
  new FleuronError(code, message, { kind: "machine", subject, cause });
