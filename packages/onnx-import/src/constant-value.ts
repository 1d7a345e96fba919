import { constantOf, type NodeContext } from "./context.js";
import { type ExternalFiles, readTensor } from "./read/read-tensor.js";
import type { Constant } from "./value.js";

/** The numbers of a Constant node. */
export function constantValue(context: NodeContext, external: ExternalFiles): Constant {
  const { attributes, node } = context;
  const tensor = attributes.tensor("value");
  if (tensor !== undefined) {
    const { kind, shape, data } = readTensor(tensor, external);
    return constantOf(kind, shape, data, node.outputs[0]);
  }
  const float = attributes.float("value_float", undefined);
  if (float !== undefined) return constantOf("float", [], [float]);
  const int = attributes.int("value_int", undefined);
  if (int !== undefined) return constantOf("int", [], [int]);
  const floats = attributes.floats("value_floats");
  if (floats !== undefined) return constantOf("float", [floats.length], Float32Array.from(floats));
  const ints = attributes.ints("value_ints", undefined);
  if (ints !== undefined) return constantOf("int", [ints.length], ints);
  return context.unsupported("holds text or a sparse tensor");
}
