import {
  absolute,
  add,
  argMax,
  cast,
  constant,
  exp,
  gather,
  known,
  log,
  logSoftmax,
  multiply,
  negate,
  type ReduceOptions,
  reduceMax,
  reduceMean,
  reduceSum,
  reshape,
  softmax,
  sqrt,
  subtract,
  type Tensor,
  transpose,
} from "@fleuron/graph";
import { reducedAxes } from "../axes.js";
import { live, type NodeContext } from "../context.js";
import { joinedShape } from "../reshape-target.js";
import type { Operator, OperatorTable } from "./table.js";

const reducing =
  (reduce: (x: Tensor, options: ReduceOptions) => Tensor): Operator =>
  (context) => {
    const x = context.tensor(0);
    const axes = reducedAxes(context, x.shape.length);
    const keepDimensions = context.attributes.int("keepdims", 1) === 1;
    return live(
      axes.length === 0
        ? reduce(reshape(x, [...x.shape, 1]), { axes: [x.shape.length], keepDimensions: false })
        : reduce(x, { axes, keepDimensions }),
    );
  };

const squares = (x: Tensor, options: ReduceOptions) => reduceSum(multiply(x, x), options);

export const reduction: OperatorTable = {
  ReduceSum: reducing(reduceSum),
  ReduceMean: reducing(reduceMean),
  ReduceMax: reducing(reduceMax),
  ReduceMin: reducing((x, options) => negate(reduceMax(negate(x), options))),
  ReduceL1: reducing((x, options) => reduceSum(absolute(x), options)),
  ReduceL2: reducing((x, options) => sqrt(squares(x, options))),
  ReduceSumSquare: reducing(squares),
  ReduceLogSum: reducing((x, options) => log(reduceSum(x, options))),
  ReduceLogSumExp: reducing((x, options) => {
    const largest = reduceMax(x, { axes: options.axes, keepDimensions: true });
    const sum = reduceSum(exp(subtract(x, largest)), options);
    return add(log(sum), options.keepDimensions ? largest : reshape(largest, sum.shape));
  }),

  Softmax: (context) => live(overAxis(context, softmax)),
  LogSoftmax: (context) => live(overAxis(context, logSoftmax)),

  ArgMax(context) {
    const x = context.tensor(0);
    const axis = context.axis(context.attributes.int("axis", 0), x.shape.length);
    const others = x.shape.flatMap((_, each) => (each === axis ? [] : [each]));
    const rest = others.map((each) => x.shape[each]!);
    const length = known("ArgMax", x.shape[axis]!);
    const rows = reshape(transpose(x, [...others, axis]), joinedShape(context, rest, [length]));
    const isLast = context.attributes.int("select_last_index", 0) === 1;
    const found = isLast ? lastOfLargest(rows, length) : argMax(rows);
    const keeps = context.attributes.int("keepdims", 1) === 1;
    return live(reshape(found, keeps ? x.shape.with(axis, 1) : rest));
  },
};

/** The first one, counted from the end. */
function lastOfLargest(rows: Tensor, length: number): Tensor {
  const places = Array.from({ length }, (_, place) => length - 1 - place);
  const found = cast(argMax(gather(rows, places, 1)), "float32");
  return cast(subtract(constant(rows.builder, length - 1), found), "int32");
}

/** Until opset 12 over all axes from one on, since 13 over that one. */
function overAxis(context: NodeContext, apply: (x: Tensor) => Tensor): Tensor {
  const x = context.tensor(0);
  const rank = x.shape.length;
  const axis = context.axis(context.attributes.int("axis", context.opset < 13 ? 1 : -1), rank);
  if (axis === rank - 1) return apply(x);
  if (context.opset < 13) {
    const rows = reshape(x, joinedShape(context, x.shape.slice(0, axis), x.shape.slice(axis)));
    return reshape(apply(rows), x.shape);
  }
  const order = x.shape.map((_, each) => each);
  const exchanged = order.with(axis, rank - 1).with(rank - 1, axis);
  return transpose(apply(transpose(x, exchanged)), exchanged);
}
