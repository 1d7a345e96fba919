/** An ONNX file's bytes, and how it is called. */
export interface OnnxFile {
  /** What messages call it: a path, where it has one. */
  readonly path: string;
  /** Its name. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** A file that the model names, by its path from the model's folder; undefined where there is none. */
  readonly externalData: (path: string) => Uint8Array | undefined;
}
