import type { WorkEvent } from "@fleuron/model";

/** A form in which libtensorflow comes. */
export interface LibrarySource {
  /** Whether `file`, which exists, has this form. */
  recognises(file: string, isFolder: boolean): boolean;
  /**
   * Writes the headers and libraries below `deps`.
   *
   * @throws FleuronError "library-unfit" when the file is damaged; `disk-full`, `folder-unwritable`.
   */
  place(file: string, deps: string, signal: AbortSignal | undefined): AsyncGenerator<WorkEvent, void>;
}
