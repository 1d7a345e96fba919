// What a plan may have for a network: a list of layers, or the graph of a foreign file.
import type {
  AttributeValue,
  Dimension,
  ImportedNetwork,
  InputRole,
  NetworkDescription,
} from "@fleuron/graph";
import { networkSchema, type Parameter } from "@fleuron/model";
import * as v from "valibot";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const named = v.strictObject({ name: v.string(), value: count });
const dimension: v.GenericSchema<Dimension> = v.union([count, v.string()]);
const attribute: v.GenericSchema<AttributeValue> = v.union([
  v.number(),
  v.string(),
  v.boolean(),
  v.array(v.lazy(() => attribute)),
]);
const role: v.GenericSchema<InputRole> = v.variant("type", [
  v.strictObject({ type: v.picklist(["image", "target", "sampleWeight", "scalar", "tensor"]) }),
  v.strictObject({ type: v.literal("dropoutMask"), keepRate: v.number() }),
]);

const graphSchema = v.strictObject({
  formatVersion: v.literal(1),
  name: v.string(),
  types: v.array(
    v.strictObject({ dtype: v.picklist(["float32", "int32", "bool"]), shape: v.array(dimension) }),
  ),
  inputs: v.array(v.strictObject({ ...named.entries, role })),
  variables: v.array(named),
  nodes: v.array(
    v.strictObject({
      operation: v.string(),
      attributes: v.record(v.string(), attribute),
      inputs: v.array(count),
      outputs: v.array(count),
      place: v.strictObject({ layer: v.string(), gradient: v.boolean() }),
    }),
  ),
  outputs: v.array(named),
  updates: v.array(named),
});

const parameterSchema: v.GenericSchema<Parameter> = v.strictObject({
  name: v.string(),
  kind: v.picklist(["kernel", "bias", "gamma", "beta", "movingMean", "movingVariance"]),
  shape: v.array(count),
  trainable: v.boolean(),
  start: v.picklist(["conv2dKernel", "denseKernel", "bias", "ones", "zeros"]),
  decays: v.boolean(),
  fewestBits: v.picklist([4, 8, 32]),
  fanIn: v.number(),
  fanOut: v.number(),
});

const importedNetworkSchema: v.GenericSchema<ImportedNetwork> = v.strictObject({
  type: v.literal("imported"),
  name: v.string(),
  inference: graphSchema,
  parameters: v.array(parameterSchema),
});

export const networkDescriptionSchema: v.GenericSchema<NetworkDescription> = v.lazy((network) =>
  typeof network === "object" && network !== null && "inference" in network
    ? importedNetworkSchema
    : networkSchema,
);
