import * as v from "valibot";

/** In pixels: bounds the memory that an input can claim. */
const LONGEST_SIDE = 2 ** 14;

/** Pixels of a side. */
export const sideSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(LONGEST_SIDE));
