// ONNX that stays ONNX and says something else: other numbers, other operators, nodes that read other values.
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { type ModelProto, ModelProtoSchema } from "@fleuron/graph/onnx/schema";
import type { RandomStream } from "@fleuron/model";
import { oneOf } from "../fault.js";

const MOST_CHANGES = 3;

const NUMBERS = [
  ...[0n, 1n, 2n, 3n, 4n, 5n, 7n, 12n, 16n, 64n, 255n, 1000n, 1024n, -1n, -2n, -7n],
  ...[2n ** 16n, 2n ** 20n, 2n ** 24n, 2n ** 27n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 53n, -(2n ** 63n)],
];

const FLOATS = [0, -0, 1, 0.5, -1, 3, 1e-30, 1e30, 3e38, Number.NaN, Number.POSITIVE_INFINITY];

type Change = () => void;

export function mutateOnnx(bytes: Buffer, random: RandomStream): Buffer {
  const model = fromBinary(ModelProtoSchema, bytes);
  const changes = changesOf(model, random);
  for (let change = 0; change <= random.integer(MOST_CHANGES); change++) oneOf(random, changes)();
  return Buffer.from(toBinary(ModelProtoSchema, model));
}

/** One for each place of a model, each drawn anew when it is made. */
function changesOf({ graph, opsetImport }: ModelProto, random: RandomStream): readonly Change[] {
  const { node: nodes, initializer: initializers, input: inputs } = graph!;
  const names = [...nodes.flatMap(({ output }) => output), ...initializers.map(({ name }) => name), ""];
  const operators = nodes.map(({ opType }) => opType);
  const number = () => oneOf(random, NUMBERS);
  const float = () => oneOf(random, FLOATS);
  const inList = <Item>(list: Item[], drawn: () => Item): readonly Change[] => [
    ...list.map((_, at) => () => void list.splice(at, 1, drawn())),
    () => void list.splice(random.integer(list.length + 1), 0, drawn()),
    () => void list.pop(),
  ];
  const member =
    <Of extends object>(of: Of, drawn: () => Partial<Of>): Change =>
    () =>
      void Object.assign(of, drawn());
  return [
    ...opsetImport.map((each) => member(each, () => ({ version: BigInt(6 + random.integer(24)) }))),
    ...nodes.flatMap((node) => [
      ...inList(node.input, () => oneOf(random, names)),
      member(node, () => ({ opType: oneOf(random, operators) })),
      ...node.attribute.flatMap((each) => [
        member(each, () => ({ i: number() })),
        member(each, () => ({ f: float() })),
        ...inList(each.ints, number),
      ]),
    ]),
    ...initializers.flatMap(({ dims, int64Data, floatData }) => [
      ...inList(dims, number),
      ...(int64Data.length > 0 ? inList(int64Data, number) : []),
      ...(floatData.length > 0 ? inList(floatData, float) : []),
    ]),
    ...inputs.flatMap(({ type }) => {
      const tensor = type?.value.case === "tensorType" ? type.value.value : undefined;
      return (tensor?.shape?.dim ?? []).map((dim) =>
        member(dim, () => ({ value: { case: "dimValue" as const, value: number() } })),
      );
    }),
  ];
}
