import * as v from "valibot";

/** From none to all. */
export const shareSchema = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
