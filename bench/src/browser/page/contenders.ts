/** Milliseconds, by what they were spent on. */
export type Measurement = Readonly<Record<string, number>>;

export interface Contender {
  readonly name: string;
  /** What it can tell apart; the whole is measured by whoever calls. */
  classify(photo: Blob): Promise<Measurement>;
}

/** Why a contender takes no part here. */
export interface Absent {
  readonly name: string;
  readonly notMeasured: string;
}

/** Each in a file of its own: onnxruntime's threads load the file again that it lies in. */
export const openContenders: readonly ((threads: number) => Promise<Contender | Absent>)[] = [
  async (threads) => (await import("./fleuron.js")).fleuron(threads),
  async (threads) => (await import("./bare-run.js")).bareRun(threads),
  async () => (await import("./canvas-preprocessing.js")).canvasPreprocessing,
  async (threads) => (await import("./tfjs.js")).tfjs("wasm", threads),
  async (threads) => (await import("./tfjs.js")).tfjs("webgl", threads),
];
