// A kernel over tensors that have places: whole WGSL, and what is bound to it.
import { FleuronError } from "@fleuron/model";
import type { GraphErrorCode } from "../shapes.js";
import { functionsCalledIn } from "./functions.js";
import { accessesOf, type Kernel, type LabelledKernel, renumbered, type TensorId } from "./kernel.js";
import { unpacked } from "./packing.js";
import type { Place, Room } from "./places.js";
import { repeat } from "./wgsl.js";

/** What a device allows, under WebGPU's names. */
export type KernelLimits = Pick<
  GPUSupportedLimits,
  "maxStorageBufferBindingSize" | "maxStorageBuffersPerShaderStage" | "maxComputeWorkgroupsPerDimension"
>;

/** A part of a room, in elements. */
export interface Binding {
  readonly room: Room;
  readonly offset: number;
  readonly elements: number;
}

export interface BoundKernel {
  readonly label: string;
  readonly code: string;
  readonly workgroups: readonly [number, number];
  /** By their numbers. */
  readonly bindings: readonly Binding[];
  readonly operations: number;
}

/** What a kernel reaches of one room, in bindings of at most `perBinding` elements. */
interface Reach {
  readonly room: Room;
  offset: number;
  end: number;
  writable: boolean;
  type: "f32" | "u32";
}

/**
 * Tensors in one room share a binding, since a buffer is not bound for reading and for writing at once; what is longer
 * than a binding may be is bound in pieces.
 * @throws FleuronError "device-limit" for a kernel that needs more bindings than there are.
 */
export function bind(
  kernel: LabelledKernel,
  placeOf: (id: TensorId) => Place,
  limits: KernelLimits,
): BoundKernel {
  const { loads, stores } = accessesOf(kernel);
  const ids = [...new Set([...loads, ...stores])];
  const reaches = reachesOf(ids, placeOf, stores);
  const perBinding = Math.floor(limits.maxStorageBufferBindingSize / 256) * 64;
  const pieces = reaches.map((reach) => piecesOf(reach, perBinding));
  const bindings = pieces.flat();
  if (bindings.length > limits.maxStorageBuffersPerShaderStage) {
    throw new FleuronError<GraphErrorCode>(
      "device-limit",
      `The kernel of ${kernel.label} needs ${bindings.length} bindings, and this device has ${limits.maxStorageBuffersPerShaderStage}.`,
      { kind: "machine", subject: "maxStorageBuffersPerShaderStage" },
    );
  }

  let head = "";
  let number = 0;
  reaches.forEach(({ writable, type }, reach) => {
    pieces[reach]!.forEach((_, piece) => {
      const access = writable ? "read_write" : "read";
      head += `@group(0) @binding(${number++}) var<storage, ${access}> ${nameOf(reach, piece)}: array<${type}>;\n`;
    });
  });
  ids.forEach((id, tensor) => {
    const { room, offset, packing } = placeOf(id);
    const reach = reaches.findIndex((each) => each.room === room);
    const start = offset - reaches[reach]!.offset;
    const count = pieces[reach]!.length;
    const [load, word] = [`load_${tensor}`, `word_${tensor}`];
    if (packing) {
      const element = unpacked(packing, (index) => `${word}(${index})`, "i");
      head += loadFunction(word, "u32", { reach, start, pieces: count, perBinding });
      head += `fn ${load}(i: u32) -> f32 { return ${element}; }\n`;
    } else if (loads.has(id)) head += loadFunction(load, "f32", { reach, start, pieces: count, perBinding });
    if (stores.has(id)) head += storeFunction(tensor, reach, start, count, perBinding);
  });
  const { text, workgroups, invocations } = entryPoint(kernel, limits.maxComputeWorkgroupsPerDimension);
  const body = renumbered((kernel.declarations ?? "") + text, (id) => ids.indexOf(id));
  const code = head + functionsCalledIn(body) + body;
  const { label, operations = invocations } = kernel;
  return { label, code, workgroups, bindings, operations };
}

function reachesOf(
  ids: readonly TensorId[],
  placeOf: (id: TensorId) => Place,
  stores: ReadonlySet<TensorId>,
): readonly Reach[] {
  const reaches = new Map<Room, Reach>();
  for (const id of ids) {
    const { room, offset, elements, packing } = placeOf(id);
    const type = packing ? "u32" : "f32";
    const reach = reaches.get(room) ?? { room, offset, end: offset, writable: false, type };
    reach.offset = Math.min(reach.offset, offset);
    reach.end = Math.max(reach.end, offset + elements);
    reach.writable ||= stores.has(id);
    reaches.set(room, reach);
  }
  return [...reaches.values()];
}

const piecesOf = ({ room, offset, end }: Reach, perBinding: number): readonly Binding[] =>
  Array.from({ length: Math.ceil((end - offset) / perBinding) }, (_, piece) => {
    const start = offset + piece * perBinding;
    return { room, offset: start, elements: Math.min(perBinding, end - start) };
  });

const nameOf = (reach: number, piece: number): string => `room${reach}_${piece}`;

interface Pieces {
  readonly reach: number;
  readonly start: number;
  readonly pieces: number;
  readonly perBinding: number;
}

function loadFunction(name: string, type: Reach["type"], { reach, start, pieces, perBinding }: Pieces) {
  const element = (piece: number) => `return ${nameOf(reach, piece)}[at - ${piece * perBinding}u];`;
  const choice = repeat(
    pieces - 1,
    (piece) => `if (at < ${(piece + 1) * perBinding}u) { ${element(piece)} }`,
  );
  return `fn ${name}(i: u32) -> ${type} { let at = i + ${start}u; ${choice} ${element(pieces - 1)} }\n`;
}

function storeFunction(tensor: number, reach: number, start: number, pieces: number, perBinding: number) {
  const element = (piece: number) => `${nameOf(reach, piece)}[at - ${piece * perBinding}u] = value;`;
  const choice = repeat(
    pieces - 1,
    (piece) => `if (at < ${(piece + 1) * perBinding}u) { ${element(piece)} return; }`,
  );
  return `fn store_${tensor}(i: u32, value: f32) { let at = i + ${start}u; ${choice} ${element(pieces - 1)} }\n`;
}

/** Invocations of a workgroup that does items which know nothing of each other. */
const ITEM_LANES = 64;

/** Workgroups fill rows of at most as many as a dimension may have. */
function entryPoint({ work }: Kernel, perRow: number) {
  const [count, lanes] =
    "items" in work ? [Math.ceil(work.items / ITEM_LANES), ITEM_LANES] : [work.workgroups, work.lanes];
  const columns = Math.min(count, perRow);
  const rows = Math.ceil(count / columns);
  const group = rows === 1 ? "workgroup.x" : `(workgroup.y * ${columns}u + workgroup.x)`;
  const body =
    "items" in work
      ? `let i = ${group} * ${lanes}u + lane;\nif (i < ${work.items}u) {\n${work.item}\n}`
      : `let group = ${group};\n${rows === 1 ? "" : `if (group >= ${count}u) { return; }\n`}${work.invocation}`;
  const text = `
@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
${body}
}
`;
  return { text, workgroups: [columns, rows] as const, invocations: count * lanes };
}
