// Rows that are taken from, or put into a tensor by fixed tuples of indices.
import {
  add,
  broadcastLike,
  concat,
  constant,
  gather,
  knownShape,
  maximum,
  minimum,
  multiply,
  reshape,
  slice,
  type Tensor,
} from "@fleuron/graph";
import { live, type NodeContext } from "../context.js";
import { indexedRows } from "../places.js";
import type { OperatorTable } from "./table.js";

const LARGEST = 3.4028234663852886e38;
const reductions: {
  readonly [name: string]: { readonly neutral: number; apply(a: Tensor, b: Tensor): Tensor };
} = {
  add: { neutral: 0, apply: add },
  mul: { neutral: 1, apply: multiply },
  max: { neutral: -LARGEST, apply: maximum },
  min: { neutral: LARGEST, apply: minimum },
};

export const indexed: OperatorTable = {
  GatherND(context) {
    const x = context.tensor(0);
    const { rows, places, rest, shape } = rowsOf(context, x, context.attributes.int("batch_dims", 0));
    const taken = gather(reshape(x, [rows, ...x.shape.slice(rest)]), places, 0);
    return live(reshape(taken, [...shape, ...x.shape.slice(rest)]));
  },

  ScatterND(context) {
    const x = context.tensor(0);
    const { rows, places, rest } = rowsOf(context, x, 0);
    const row = knownShape("ScatterND", x.shape.slice(rest));
    const [into, updates] = [reshape(x, [rows, ...row]), reshape(context.tensor(2), [places.length, ...row])];
    const reduction = reductions[context.attributes.string("reduction", "none")];
    if (reduction === undefined) {
      const sources = Array.from({ length: rows }, (_, place) => place);
      for (const [update, place] of places.entries()) sources[place] = rows + update;
      return live(reshape(gather(concat([into, updates], 0), sources, 0), x.shape));
    }
    // A row that is updated twice takes one of its updates in each round.
    const nothing = broadcastLike(constant(context.builder, reduction.neutral), slice(updates, 0, 0, 1));
    const padded = concat([updates, nothing], 0);
    const scattered = rounds(context, places, rows).reduce(
      (tensor, sources) => reduction.apply(tensor, gather(padded, sources, 0)),
      into,
    );
    return live(reshape(scattered, x.shape));
  },
};

function rowsOf(context: NodeContext, x: Tensor, common: number) {
  const indices = context.value(1);
  const numbers = context.numbers(1);
  if (indices.type !== "constant" || numbers === undefined) return context.invalid("has no indices");
  const depth = common + (indices.shape.at(-1) ?? 0);
  const lengths = [
    ...knownShape(context.node.opType, x.shape.slice(0, depth)),
    ...x.shape.slice(depth).map(() => 1),
  ];
  return {
    ...indexedRows(context, lengths, { shape: indices.shape, numbers }, common),
    shape: indices.shape.slice(0, -1),
  };
}

/** For each round which update each row takes; one past the last for none. */
function rounds(
  context: NodeContext,
  places: readonly number[],
  rows: number,
): readonly (readonly number[])[] {
  const result: number[][] = [];
  for (const [update, place] of places.entries()) {
    const free = result.find((sources) => sources[place] === places.length);
    if (free) free[place] = update;
    else {
      context.spend([rows]);
      result.push(Array(rows).fill(places.length).with(place, update));
    }
  }
  return result;
}
