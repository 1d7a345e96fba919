// What the program asks of a GPUDevice: buffers, pipelines, and numbers that come back.
import { FleuronError } from "@fleuron/model";
import type { GraphErrorCode } from "../shapes.js";
import type { Room } from "./places.js";

// As in the specification: outside of browsers there may be no global objects that hold them.
const MAP_READ = 0x01;
const COPY_SRC = 0x04;
const COPY_DST = 0x08;
const STORAGE = 0x80;

export const BYTES = Float32Array.BYTES_PER_ELEMENT;

/**
 * A buffer for each room.
 * @throws FleuronError "device-memory" where the device has not as much.
 */
export async function createBuffers(device: GPUDevice, rooms: Iterable<Room>): Promise<Map<Room, GPUBuffer>> {
  const all = [...rooms];
  const total = all.reduce((sum, { elements }) => sum + elements * BYTES, 0);
  const largest = Math.max(0, ...all.map(({ elements }) => elements * BYTES));
  if (largest > device.limits.maxBufferSize) {
    throw memoryError(
      `a buffer of ${megabytes(largest)}, and it has at most ${megabytes(device.limits.maxBufferSize)}`,
    );
  }
  device.pushErrorScope("out-of-memory");
  const buffers = new Map(
    all.map((room) => [
      room,
      device.createBuffer({
        label: room.label,
        size: Math.max(room.elements, 1) * BYTES,
        usage: STORAGE | COPY_SRC | COPY_DST,
      }),
    ]),
  );
  const failure = await device.popErrorScope();
  if (failure === null) return buffers;
  for (const buffer of buffers.values()) buffer.destroy();
  throw memoryError(`${megabytes(total)} in buffers, and has no room for them: ${failure.message}`);
}

const memoryError = (what: string) =>
  new FleuronError<GraphErrorCode>("device-memory", `The GPU is asked for ${what}.`, { kind: "machine" });

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;

/** A buffer that results come down in. */
export const createReadback = (device: GPUDevice, elements: number): GPUBuffer =>
  device.createBuffer({ label: "results", size: Math.max(elements, 1) * BYTES, usage: MAP_READ | COPY_DST });

/** What was copied into a readback buffer, once the device is done with all that it was given before. */
export async function downloaded(readback: GPUBuffer): Promise<Float32Array<ArrayBuffer>> {
  await readback.mapAsync(MAP_READ);
  const data = new Float32Array(readback.getMappedRange().slice(0));
  readback.unmap();
  return data;
}

const pipelines = new WeakMap<GPUDevice, Map<string, Promise<GPUComputePipeline>>>();

/** The pipeline of that WGSL: a device compiles one text once. */
export function pipelineOf(device: GPUDevice, label: string, code: string): Promise<GPUComputePipeline> {
  const known = pipelines.get(device) ?? new Map<string, Promise<GPUComputePipeline>>();
  pipelines.set(device, known);
  const made =
    known.get(code) ??
    device.createComputePipelineAsync({
      label,
      layout: "auto",
      compute: { module: device.createShaderModule({ label, code }), entryPoint: "main" },
    });
  known.set(code, made);
  return made;
}
