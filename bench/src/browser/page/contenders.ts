/** Milliseconds, by what they were spent on. */
export type Measurement = Readonly<Record<string, number>>;

export interface Contender {
  readonly name: string;
  /** It takes part in so many rounds and no more, where one takes seconds. Default: all. */
  readonly mostRounds?: number;
  /** What it can tell apart; the whole is measured by whoever calls. */
  classify(photo: Blob): Promise<Measurement>;
}

/** Each in a file of its own: onnxruntime's threads load the file again that it lies in. */
export const openContenders: readonly ((threads: number) => Promise<Contender>)[] = [
  async (threads) => (await import("./fleuron.js")).fleuron(threads),
  async (threads) => (await import("./bare-run.js")).bareRun(threads),
  async () => (await import("./canvas-preprocessing.js")).canvasPreprocessing,
  async (threads) => (await import("./tfjs.js")).tfjs("wasm", threads),
  async (threads) => (await import("./tfjs.js")).tfjs("webgl", threads),
];
