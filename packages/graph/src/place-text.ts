import type { Place } from "./types.js";

/** A place in a graph as people read it, and as names begin: "conv1", "gradient/conv1", "gradient"; "" for none. */
export const placeText = ({ layer, gradient }: Place): string =>
  [...(gradient ? ["gradient"] : []), ...(layer ? [layer] : [])].join("/");
