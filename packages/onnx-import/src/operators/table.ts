import type { NodeContext } from "../context.js";
import type { Value } from "../value.js";

/** Writes a node as operations of the graph. Where it has one output, that alone. */
export type Operator = (context: NodeContext) => Value | readonly Value[];

export type OperatorTable = { readonly [opType: string]: Operator };
