// The table of optimisers. To add one: a file beside sgd.ts and a line in each list here. Every engine runs its graph.
import * as v from "valibot";
import { adamw, adamwSchema } from "./adamw.js";
import type { OptimiserDefinition } from "./optimiser.js";
import { sgd, sgdSchema } from "./sgd.js";

export const optimiserSchema = v.variant("type", [adamwSchema, sgdSchema]);
export type Optimiser = v.InferOutput<typeof optimiserSchema>;

const definitions: {
  readonly [Type in Optimiser["type"]]: OptimiserDefinition<Extract<Optimiser, { type: Type }>>;
} = {
  adamw,
  sgd,
};

// The table pairs each type with its own definition, which the compiler cannot follow through an index.
export const optimiserDefinition = ({ type }: Optimiser): OptimiserDefinition<Optimiser> =>
  definitions[type] as OptimiserDefinition<Optimiser>;
