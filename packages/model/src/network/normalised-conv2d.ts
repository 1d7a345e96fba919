import type { Layer, LayerOfType } from "../layers/index.js";

type Window = Pick<LayerOfType<"conv2d">, "filters" | "kernelSize" | "strides"> &
  Partial<Pick<LayerOfType<"conv2d">, "groups" | "inputs">>;

export interface Normalisation {
  readonly momentum: number;
  readonly activation?: "relu" | "relu6";
}

/**
 * A convolution without bias, padded by half of its kernel on every side, its batch normalisation (ε 1e-5) and the
 * activation after it: how residual networks are built.
 * @param name of the part: its layers are `<name>Conv`, `<name>BatchNorm` and, with an activation, `<name>Activation`.
 */
export function normalisedConv2d(
  name: string,
  window: Window,
  { momentum, activation }: Normalisation,
): readonly Layer[] {
  const [height, width] = window.kernelSize;
  return [
    {
      type: "conv2d",
      id: `${name}Conv`,
      ...window,
      padding: [Math.floor(height / 2), Math.floor(width / 2)],
      bias: false,
      activation: "linear",
    },
    { type: "batchNorm", id: `${name}BatchNorm`, epsilon: 1e-5, momentum },
    ...(activation ? [{ type: "activation" as const, id: `${name}Activation`, activation }] : []),
  ];
}
