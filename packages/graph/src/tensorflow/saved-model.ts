// A SavedModel: named signatures over variables that they share, as one protobuf message. There is no `variables`
// folder: variables are written through signatures of their own.
import { create, toBinary } from "@bufbuild/protobuf";
import { TensorflowEmitter } from "./emitter.js";
import { graphDef, tensorInfo } from "./encode.js";
import { SavedModelSchema } from "./generated/saved_model_pb.js";
import { rowMajor } from "./layout.js";
import type { TensorflowPort } from "./node.js";
import { type SavedModelSignature, type SignatureNodes, signatureNodes } from "./signature.js";
import { done } from "./updates.js";
import { computed } from "./value.js";
import { TensorflowVariables } from "./variables.js";

export interface SavedModelOptions {
  readonly signatures: Readonly<Record<string, SavedModelSignature>>;
}

/** The signature that returns a variable: no inputs; output `value`, in its canonical layout. */
export const readSignature = (variable: string): string => `read/${variable}`;

/** The signature that sets a variable: input `value`, in its canonical layout; output `done`. */
export const writeSignature = (variable: string): string => `write/${variable}`;

/**
 * The bytes of `saved_model.pb`. Its tag is `serve`; inputs and outputs of the signatures are those of the graphs, with
 * their names and row-major (images N,C,H,W). Each variable also has the signatures `read/…` and `write/…`, and
 * exists once it has been written. The same graphs give the same bytes.
 * @throws FleuronError "graph-invalid" for an output that no graph has.
 */
export function toSavedModel({ signatures }: SavedModelOptions): Uint8Array {
  const variables = new TensorflowVariables();
  for (const { graphs } of Object.values(signatures)) {
    for (const graph of graphs) {
      for (const { name, value } of graph.variables) variables.declare(name, graph.types[value]!);
    }
  }
  const written = new Map<string, SignatureNodes>();
  for (const [name, signature] of Object.entries(signatures)) {
    written.set(name, signatureNodes(name, signature, variables));
  }
  for (const name of variables.names) {
    written.set(readSignature(name), reading(name, variables));
    written.set(writeSignature(name), writing(name, variables));
  }

  const nodes = [...variables.handles(), ...[...written.values()].flatMap((signature) => signature.nodes)];
  return toBinary(
    SavedModelSchema,
    create(SavedModelSchema, {
      savedModelSchemaVersion: 1n,
      metaGraphs: [
        {
          metaInfoDef: { tags: ["serve"] },
          graphDef: graphDef(nodes),
          signatureDef: Object.fromEntries(
            [...written].map(([name, { inputs, outputs }]) => [
              name,
              { inputs: infos(inputs), outputs: infos(outputs), methodName: "tensorflow/serving/predict" },
            ]),
          ),
        },
      ],
    }),
  );
}

const infos = (ports: ReadonlyMap<string, TensorflowPort>) =>
  Object.fromEntries([...ports].map(([name, port]) => [name, tensorInfo(port)]));

function reading(variable: string, variables: TensorflowVariables): SignatureNodes {
  const emit = new TensorflowEmitter({ prefix: `${readSignature(variables.handle(variable))}/` });
  const { shape } = variables.type(variable);
  const value = variables.value(variable, emit).in(rowMajor(shape));
  const name = emit.node("Identity", [value], { T: { type: "float32" } });
  return {
    nodes: emit.nodes,
    inputs: new Map(),
    outputs: new Map([["value", { name, dtype: "float32", shape }]]),
  };
}

function writing(variable: string, variables: TensorflowVariables): SignatureNodes {
  const emit = new TensorflowEmitter({ prefix: `${writeSignature(variables.handle(variable))}/` });
  const type = variables.type(variable);
  const name = emit.node("Placeholder", [], { dtype: { type: "float32" }, shape: { shape: type.shape } });
  const value = computed(type, { name, layout: rowMajor(type.shape) }, emit).in(variables.layout(variable));
  // A tensor that is fed may lie in the caller's memory, who is free to use that for something else.
  const own = value === name ? emit.node("DeepCopy", [value], { T: { type: "float32" } }) : value;
  const assigned = emit.node("AssignVariableOp", [variables.handle(variable), own], {
    dtype: { type: "float32" },
  });
  return {
    nodes: emit.nodes,
    inputs: new Map([["value", { name, dtype: "float32", shape: type.shape }]]),
    outputs: new Map([["done", done(emit, [assigned])]]),
  };
}
