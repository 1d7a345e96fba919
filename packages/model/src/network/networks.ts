// The table of networks that `--network` names. To add one: a file beside alexnet.ts and a line here.
import { alexnet } from "./alexnet.js";
import { mobilenetV2 } from "./mobilenet-v2.js";
import type { Network } from "./network.js";
import { resnet18 } from "./resnet18.js";

export interface NetworkOptions {
  readonly classes: number;
  readonly imageSize?: number;
  readonly width?: number;
  /** Dropout rate of hidden dense layers, where a network has any. */
  readonly dropout?: number;
  readonly batchNormMomentum?: number;
}

export const networks = { alexnet, resnet18, "mobilenet-v2": mobilenetV2 } as const satisfies Record<
  string,
  (options: NetworkOptions) => Network
>;

export type NetworkName = keyof typeof networks;
export const networkNames = Object.keys(networks) as readonly NetworkName[];
