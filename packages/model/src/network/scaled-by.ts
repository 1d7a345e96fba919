import { FleuronError } from "../errors.js";

/**
 * Scales a number of channels or units by a network's `width`, to a multiple of 4. In fours: onnxruntime-web's WebGPU
 * convolution is wrong for more than 3 input channels that are no multiple of 4.
 * @throws FleuronError "network-option".
 */
export function scaledBy(width: number): (units: number) => number {
  requireWidth(width);
  return (units) => nearest(units * width, 4);
}

/**
 * The same to a multiple of 8, and the next one where that took away more than a tenth: the rule of MobileNets.
 * @throws FleuronError "network-option".
 */
export function scaledInEights(width: number): (units: number) => number {
  requireWidth(width);
  return (units) => {
    const scaled = nearest(units * width, 8);
    return scaled < 0.9 * units * width ? scaled + 8 : scaled;
  };
}

const nearest = (units: number, divisor: number) => Math.max(divisor, Math.round(units / divisor) * divisor);

function requireWidth(width: number): void {
  if (width > 0 && width <= 4) return;
  throw new FleuronError(
    "network-option",
    `The option 'width' must be above 0 and at most 4 but is ${width}.`,
    {
      kind: "usage",
      subject: "width",
    },
  );
}
