/** Puts bytes at a place of a file. */
export type PutBytes = (bytes: Uint8Array<ArrayBuffer>, position: number) => Promise<void>;

/** The files of one run. */
export interface RunStorage {
  /** Whether they are there when the page is opened again. */
  readonly outlives: boolean;
  read(name: string): Promise<Blob | undefined>;
  /** Replaces a file, at once or not at all; `write` may be called again, for another place. @throws FleuronError "storage-full"; whatever `write` throws. */
  replace(name: string, write: (put: PutBytes) => Promise<void>): Promise<void>;
  clear(): Promise<void>;
}

export const replaceText = (storage: RunStorage, name: string, text: string): Promise<void> =>
  storage.replace(name, (put) => put(new TextEncoder().encode(text), 0));
