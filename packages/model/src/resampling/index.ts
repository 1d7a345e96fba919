// An entry of the package by itself, for who makes crops by other means: the pixels that each one comes from, and their weights.
export { boxSpans, type Span } from "../preprocessing/box.js";
export { type AxisWeights, triangleWeights } from "../preprocessing/triangle-weights.js";
