// Element by element. The operator says what weights are: what is added is a bias, what scales is a gamma.
import {
  absolute,
  add,
  cast,
  clip,
  constant,
  divide,
  erf,
  exp,
  greater,
  less,
  log,
  logicalNot,
  maximum,
  minimum,
  multiply,
  negate,
  power,
  relu,
  reshape,
  sigmoid,
  sqrt,
  subtract,
  type Tensor,
  tanh,
  where,
} from "@fleuron/graph";
import {
  celu,
  elu,
  gelu,
  hardSigmoid,
  hardSwish,
  leakyRelu,
  mish,
  prelu,
  selu,
  softplus,
  softsign,
  thresholdedRelu,
} from "@fleuron/graph/activations";
import { aligned } from "../axes.js";
import { clipBounds } from "../clip-bounds.js";
import { live, type NodeContext } from "../context.js";
import type { ParameterRole } from "../parameters.js";
import { elementKind } from "../read/read-tensor.js";
import type { Operator, OperatorTable } from "./table.js";

const unary =
  (apply: (x: Tensor) => Tensor): Operator =>
  (context) =>
    live(apply(context.tensor(0)));

/** Vectors of weights, one for a channel or added to each token, are parameters; all other constants stay what they are. */
function operand(context: NodeContext, index: number, role: ParameterRole): Tensor {
  const value = context.value(index);
  if (value.type === "live") return value.tensor;
  const learns = isPerChannel(value.shape) || (role === "bias" && isPerToken(value.shape));
  return learns ? context.parameter(value, role) : context.asTensor(value);
}

const isPerChannel = (shape: readonly number[]): boolean => shape.filter((length) => length > 3).length === 1;

/** [1, tokens, channels], as transformers add them to say where a token stands. */
const isPerToken = (shape: readonly number[]): boolean => shape.length === 3 && shape[0] === 1;

const binary =
  (apply: (a: Tensor, b: Tensor) => Tensor, role: ParameterRole): Operator =>
  (context) => {
    const [a, b] = [operand(context, 0, role), operand(context, 1, role)];
    return live(apply(a, alignedTo(context, a, b)));
  };

const compared =
  (apply: (a: Tensor, b: Tensor) => Tensor): Operator =>
  (context) => {
    const [a, b] = [context.tensor(0), context.tensor(1)];
    return live(apply(a, alignedTo(context, a, b)));
  };

const alignedTo = (context: NodeContext, a: Tensor, b: Tensor): Tensor => {
  const shape = aligned(context, b.shape, a.shape);
  return shape === b.shape ? b : reshape(b, shape);
};

/** For any number of tensors. */
const folded =
  (apply: (a: Tensor, b: Tensor) => Tensor): Operator =>
  (context) =>
    live(context.node.inputs.map((_, index) => context.tensor(index)).reduce(apply));

export const elementwise: OperatorTable = {
  Abs: unary(absolute),
  Erf: unary(erf),
  Exp: unary(exp),
  HardSwish: unary(hardSwish),
  Log: unary(log),
  Mish: unary(mish),
  Neg: unary(negate),
  Reciprocal: unary((x) => divide(constant(x.builder, 1), x)),
  Relu: unary(relu),
  Sigmoid: unary(sigmoid),
  Softplus: unary(softplus),
  Softsign: unary(softsign),
  Sqrt: unary(sqrt),
  Tanh: unary(tanh),
  Not: unary(logicalNot),

  Add: binary(add, "bias"),
  Sub: binary(subtract, "bias"),
  Mul: binary(multiply, "gamma"),
  Div: binary(divide, "gamma"),
  Greater: compared(greater),
  Less: compared(less),
  GreaterOrEqual: compared((a, b) => logicalNot(less(a, b))),
  LessOrEqual: compared((a, b) => logicalNot(greater(a, b))),
  Max: folded(maximum),
  Min: folded(minimum),
  Sum: folded(add),
  Mean: (context) => {
    const count = context.node.inputs.length;
    const total = context.node.inputs.map((_, index) => context.tensor(index)).reduce(add);
    return live(divide(total, constant(context.builder, count)));
  },

  Pow(context) {
    const exponent = context.value(1);
    const [whole] =
      exponent.type === "constant" && exponent.data.length === 1 ? (context.numbers(1) ?? []) : [];
    const x = context.tensor(0);
    if (whole === 2) return live(multiply(x, x));
    if (whole === 3) return live(multiply(x, multiply(x, x)));
    if (whole === 0.5) return live(sqrt(x));
    return live(power(x, alignedTo(context, x, context.asTensor(exponent))));
  },

  Clip(context) {
    // The other infinity is a bound as any: all numbers become it.
    const [low, high] = clipBounds(context);
    return live(
      clip(
        context.tensor(0),
        low === Number.NEGATIVE_INFINITY ? undefined : context.finite(low),
        high === Number.POSITIVE_INFINITY ? undefined : context.finite(high),
      ),
    );
  },

  LeakyRelu: (context) => live(leakyRelu(context.tensor(0), context.attributes.float("alpha", 0.01))),
  Elu: (context) => live(elu(context.tensor(0), context.attributes.float("alpha", 1))),
  Celu: (context) => live(celu(context.tensor(0), context.attributes.float("alpha", 1))),
  Selu(context) {
    const { attributes } = context;
    const [alpha, gamma] = [
      attributes.float("alpha", 1.6732631921768188),
      attributes.float("gamma", 1.0507010221481323),
    ];
    return live(selu(context.tensor(0), alpha, gamma));
  },
  HardSigmoid(context) {
    const { attributes } = context;
    return live(
      hardSigmoid(context.tensor(0), attributes.float("alpha", 0.2), attributes.float("beta", 0.5)),
    );
  },
  ThresholdedRelu: (context) =>
    live(thresholdedRelu(context.tensor(0), context.attributes.float("alpha", 1))),
  Swish(context) {
    const x = context.tensor(0);
    const alpha = context.attributes.float("alpha", 1);
    return live(multiply(x, sigmoid(alpha === 1 ? x : multiply(x, constant(x.builder, alpha)))));
  },
  PRelu(context) {
    const x = context.tensor(0);
    const slope = context.parameter(context.value(1), "gamma");
    // Until opset 6 a vector was that of the channels; since, it broadcasts as any tensor.
    const isPerChannel = context.opset < 7 && slope.shape.length === 1 && slope.shape[0] !== 1;
    const spread = isPerChannel ? reshape(slope, [slope.shape[0]!, ...x.shape.slice(2).map(() => 1)]) : slope;
    return live(prelu(x, spread));
  },
  Gelu(context) {
    const approximate = context.attributes.string("approximate", "none");
    return live(gelu(context.tensor(0), approximate === "tanh" ? "tanh" : "none"));
  },

  Where: (context) => live(where(context.tensor(0), context.tensor(1), context.tensor(2))),

  Cast(context) {
    const to = context.attributes.int("to", 0);
    const kind = elementKind(to);
    if (kind === undefined) context.unsupported("converts to a type that is not read");
    return live(cast(context.tensor(0), kind === "float" ? "float32" : kind === "bool" ? "bool" : "int32"));
  },
  CastLike: (context) => live(cast(context.tensor(0), context.tensor(1).dtype)),

  Identity: unary((x) => x),
  Dropout(context) {
    const x = context.value(0);
    const trains = context.opset >= 12 && context.numbers(2)?.[0] === 1;
    const ratio = context.opset >= 12 ? context.numbers(1)?.[0] : undefined;
    if (trains && ratio !== 0)
      context.unsupported("drops units at random", "Export the network for inference.");
    if (context.node.outputs.length === 1) return x;
    const tensor = context.asTensor(x);
    const all = logicalNot(less(tensor, tensor));
    // Which units stay: until opset 9 as numbers.
    return [x, live(context.opset < 10 ? cast(all, "float32") : all)];
  },
};
