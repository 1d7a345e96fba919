import { downloadZip } from "client-zip";
import type { TrainedFiles } from "../messages.js";

/** What a run has trained. */
export class TrainedClassifier {
  readonly #files: TrainedFiles;

  constructor(files: TrainedFiles) {
    this.#files = files;
  }

  /** The run's name. */
  get run(): string {
    return this.#files.run;
  }

  /** The files of the bundle by their paths: what `fleuron export` writes. */
  get bundle(): Readonly<Record<string, Blob>> {
    return this.#files.bundle;
  }

  /** The run's folder: `bundle/`, and beside it the run's `run.json`, metrics and weights. */
  get files(): Readonly<Record<string, Blob>> {
    const { bundle, kept } = this.#files;
    const inFolder = Object.entries(bundle).map(([path, blob]) => [`bundle/${path}`, blob] as const);
    return { ...Object.fromEntries(inFolder), ...kept };
  }

  /** The run's folder as a zip. */
  zip(): Promise<Blob> {
    return downloadZip(Object.entries(this.files).map(([name, input]) => ({ name, input }))).blob();
  }
}
