import type { DownloadProgressEvent } from "../../events.js";

/** Adds up the bytes of several files; what is reported never falls. */
export class DownloadProgress {
  readonly #completed: number[];
  readonly #total: number;
  readonly #report: (event: DownloadProgressEvent) => void;
  #reported = -1;

  constructor(sizes: readonly number[], report: (event: DownloadProgressEvent) => void) {
    this.#completed = sizes.map(() => 0);
    this.#total = sizes.reduce((sum, size) => sum + size, 0);
    this.#report = report;
  }

  /** @param file its place in the sizes. */
  update(file: number, completed: number): void {
    this.#completed[file] = completed;
    const sum = this.#completed.reduce((bytes, more) => bytes + more, 0);
    if (sum <= this.#reported) return;
    this.#reported = sum;
    this.#report({ type: "progress", task: "download", completed: sum, total: this.#total, unit: "bytes" });
  }
}
