// The table of networks that `--network` names. To add one: a file beside alexnet.ts and a line here.
import { alexnet } from "./alexnet.js";
import type { Network } from "./network.js";

export interface NetworkOptions {
  readonly classes: number;
  readonly imageSize?: number;
  readonly width?: number;
  readonly dropout?: number;
  readonly batchNormMomentum?: number;
}

export const networks = { alexnet } as const satisfies Record<string, (options: NetworkOptions) => Network>;

export type NetworkName = keyof typeof networks;
export const networkNames = Object.keys(networks) as readonly NetworkName[];
