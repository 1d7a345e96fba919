// An ONNX file as plain data that has been checked: nodes in an order in which they can be computed.

import { fromBinary } from "@bufbuild/protobuf";
import {
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from "@fleuron/graph/onnx/schema";
import { importError } from "../errors.js";
import { NodeAttributes } from "./attributes.js";

export interface SourceNode {
  readonly opType: string;
  /** The node's name, or that of what it computes. */
  readonly name: string;
  /** "" for one that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: NodeAttributes;
}

export interface SourceValue {
  readonly name: string;
  readonly elementType: number;
  /** A number, or a name, or "" where nothing is known; undefined where the file states no shape. */
  readonly shape: readonly (number | string)[] | undefined;
}

export interface SourceModel {
  readonly name: string;
  readonly producer: string;
  readonly opset: number;
  readonly nodes: readonly SourceNode[];
  readonly initializers: ReadonlyMap<string, TensorProto>;
  /** Those that are no initializers as well. */
  readonly inputs: readonly SourceValue[];
  readonly outputs: readonly SourceValue[];
  readonly metadata: Readonly<Record<string, string>>;
}

const OLDEST = 6;
const NEWEST = 28;

/** @throws FleuronError "onnx-invalid", "onnx-unsupported". */
export function readModel(bytes: Uint8Array): SourceModel {
  const { graph, ...model } = parse(bytes);
  if (graph === undefined || graph.node.length === 0)
    throw importError("onnx-invalid", "The file holds no graph: it is cut, or it is not ONNX.");
  const opset = opsetOf(model);
  requireStandard(graph, model.functions.length > 0);
  const initializers = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  if (graph.sparseInitializer.length > 0)
    throw importError("onnx-unsupported", "The file has sparse tensors, which are not read.");
  const inputs = graph.input.filter(({ name }) => !initializers.has(name)).map(sourceValue);
  return {
    name: graph.name,
    producer: [model.producerName, model.producerVersion].filter((part) => part !== "").join(" "),
    opset,
    nodes: inOrder(
      graph.node.map(sourceNode),
      new Set([...initializers.keys(), ...inputs.map(({ name }) => name)]),
    ),
    initializers,
    inputs,
    outputs: graph.output.map(sourceValue),
    metadata: Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value])),
  };
}

/** What Git LFS keeps in a file's place (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
const POINTER = "version https://git-lfs.github.com/spec/";

const isPointer = (bytes: Uint8Array): boolean =>
  new TextDecoder().decode(bytes.subarray(0, POINTER.length)) === POINTER;

function parse(bytes: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes);
  } catch (cause) {
    throw importError("onnx-invalid", "The file is not ONNX, or it is cut.", {
      cause,
      ...(isPointer(bytes) && {
        hint: "It is a pointer of Git LFS: fetch what it points to (git lfs pull).",
      }),
    });
  }
}

function opsetOf({ opsetImport }: Pick<ModelProto, "opsetImport">): number {
  const version = Number(opsetImport.find(({ domain }) => isStandard(domain))?.version ?? 1);
  if (version >= OLDEST && version <= NEWEST) return version;
  const hint =
    version > NEWEST
      ? `Export it for opset ${NEWEST} or older, or take a newer version of Fleuron.`
      : `Convert it with onnx.version_converter to opset ${OLDEST} or newer.`;
  throw importError("onnx-unsupported", `The file has opset ${version}; ${OLDEST} to ${NEWEST} are read.`, {
    hint,
  });
}

const isStandard = (domain: string) => domain === "" || domain === "ai.onnx";

function requireStandard(graph: GraphProto, hasFunctions: boolean): void {
  const foreign = graph.node.filter(({ domain }) => !isStandard(domain));
  const [first] = foreign;
  if (first === undefined) return;
  const names = [...new Set(foreign.map(({ domain, opType }) => `${domain}.${opType}`))].join(", ");
  throw importError(
    "onnx-unsupported",
    `The file has operators that are not ONNX's: ${names} (first in ${nodeName(first)}).`,
    {
      subject: first.opType,
      hint: hasFunctions
        ? "They are functions of the file: inline them, with onnx.inliner.inline_local_functions."
        : "A runtime wrote this file for itself: take the one that was exported, before it was optimised.",
    },
  );
}

const nodeName = ({ opType, name, output }: NodeProto) => `${opType} '${name || (output[0] ?? "")}'`;

const sourceNode = (proto: NodeProto): SourceNode => ({
  opType: proto.opType,
  name: proto.name || (proto.output[0] ?? ""),
  inputs: proto.input,
  outputs: proto.output,
  attributes: new NodeAttributes(proto),
});

function sourceValue({ name, type }: ValueInfoProto): SourceValue {
  const tensor = type?.value.case === "tensorType" ? type.value.value : undefined;
  return {
    name,
    elementType: tensor?.elemType ?? 0,
    // Paddle writes −1 for a length that is open.
    shape: tensor?.shape?.dim.map(({ value }) =>
      value.case === "dimValue" && value.value >= 0n
        ? Number(value.value)
        : value.case === "dimParam"
          ? value.value
          : "",
    ),
  };
}

/** @throws FleuronError "onnx-invalid" for a value that nothing gives, two nodes give, or a cycle. */
function inOrder(nodes: readonly SourceNode[], given: ReadonlySet<string>): readonly SourceNode[] {
  const makers = new Map<string, SourceNode>();
  for (const node of nodes) {
    for (const output of node.outputs) {
      if (output === "") continue;
      if (makers.has(output) || given.has(output))
        throw importError(
          "onnx-invalid",
          `Two nodes give '${output}', one of them ${node.opType} '${node.name}'.`,
        );
      makers.set(output, node);
    }
  }
  const ordered: SourceNode[] = [];
  const state = new Map<SourceNode, "open" | "done">();
  // A stack of its own: real files have chains of thousands of nodes.
  for (const root of nodes) {
    const stack = [root];
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      if (state.get(node) === "done") {
        stack.pop();
        continue;
      }
      state.set(node, "open");
      const waitsFor = node.inputs.flatMap((input) => {
        if (input === "" || given.has(input)) return [];
        const maker = makers.get(input);
        if (maker === undefined)
          throw importError(
            "onnx-invalid",
            `${node!.opType} '${node!.name}' reads '${input}', which nothing gives.`,
          );
        return state.get(maker) === "done" ? [] : [maker];
      });
      const cycle = waitsFor.find((maker) => state.get(maker) === "open");
      if (cycle)
        throw importError(
          "onnx-invalid",
          `${node.opType} '${node.name}' waits for itself: the graph has a cycle.`,
        );
      if (waitsFor.length > 0) stack.push(...waitsFor.slice(0, 1));
      else {
        state.set(node, "done");
        ordered.push(node);
        stack.pop();
      }
    }
  }
  return ordered;
}
