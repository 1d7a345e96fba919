// The table of activations. To add one: a line here, its name in the model's layers, and its operation.
import type { Activation } from "@fleuron/model";
import type { Tensor } from "../operation.js";
import { clip } from "../operations/clip.js";
import { relu } from "../operations/relu.js";

const activations: { readonly [Name in Activation]: (tensor: Tensor) => Tensor } = {
  linear: (tensor) => tensor,
  relu,
  relu6: (tensor) => clip(tensor, 0, 6),
};

/** What a layer's activation makes of its result. */
export const activate = ({ activation }: { readonly activation: Activation }, tensor: Tensor): Tensor =>
  activations[activation](tensor);
