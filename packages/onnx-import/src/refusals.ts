// Operators that are refused, with the cause where it is known.
import { importError } from "./errors.js";
import type { SourceNode } from "./read/read-model.js";

const quantised = "The network was quantised: import the float network, and quantise with `precision`.";
const control = "It has control flow, which no exporter of image classifiers needs: export it for one input.";
const random = "It draws random numbers, as in training: export the network for inference.";
const broken = (instead: string) => `No ONNX has this operator: the exporter made a mistake. ${instead}`;

const hints: { readonly [opType: string]: string } = {
  QuantizeLinear: quantised,
  DequantizeLinear: quantised,
  DynamicQuantizeLinear: quantised,
  ConvInteger: quantised,
  MatMulInteger: quantised,
  QLinearConv: quantised,
  QLinearMatMul: quantised,
  If: control,
  Loop: control,
  Scan: control,
  RandomNormal: random,
  RandomNormalLike: random,
  RandomUniform: random,
  RandomUniformLike: random,
  Bernoulli: random,
  Multinomial: random,
  StatelessRandomUniformV2: random,
  Erfc: broken("In Keras, take Gelu with approximate=True."),
  StatefulPartitionedCall: broken(
    "In Keras, export from the PyTorch backend, or convert without grouped convolutions.",
  ),
  NonMaxSuppression: "It is a detector: images are classified here.",
  RoiAlign: "It is a detector: images are classified here.",
  LSTM: "It reads sequences: images are classified here.",
  GRU: "It reads sequences: images are classified here.",
  RNN: "It reads sequences: images are classified here.",
};

/** @throws FleuronError "onnx-unsupported" that names every operator that is not read, with its first node. */
export function refuse(nodes: readonly SourceNode[]): never {
  const firsts = new Map<string, SourceNode>();
  for (const node of nodes) if (!firsts.has(node.opType)) firsts.set(node.opType, node);
  const named = Array.from(firsts.values(), ({ opType, name }) => `${opType} (first '${name}')`);
  const [first] = firsts.keys();
  const hint = [...firsts.keys()].map((opType) => hints[opType]).find((each) => each !== undefined);
  throw importError(
    "onnx-unsupported",
    `The file has ${named.length === 1 ? "an operator that is" : "operators that are"} not read: ${named.join(", ")}.`,
    { subject: first!, ...(hint !== undefined && { hint }) },
  );
}
