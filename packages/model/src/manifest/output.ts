/** What is fitted to a network's output, in a manifest as in a checkpoint. A page that loads a model has this and no more of it. */
import * as v from "valibot";

/** What a network's probabilities were fitted to. */
interface Fitted {
  readonly temperature: number;
  readonly rejectBelow?: number;
}

/** The entry `output` of a network that is calibrated so. */
export const outputOf = ({ temperature, rejectBelow }: Fitted) =>
  ({
    kind: "probabilities",
    temperature,
    ...(rejectBelow !== undefined && { rejectBelow }),
  }) as const;

export const temperatureSchema = v.pipe(v.number(), v.finite(), v.gtValue(0));
export const rejectBelowSchema = v.pipe(v.number(), v.gtValue(0), v.maxValue(1));
