import { sizeOf } from "@fleuron/model";
import { invalid } from "../invalid.js";
import type { Shape } from "../types.js";
import { BYTES, createBuffers, createReadback, downloaded } from "./gpu.js";
import { type Packing, wordsOf } from "./packing.js";
import { expectElements, lastingPlaces, type Place, type Room } from "./places.js";

/** A variable, and how it lies on the device: float32 where nothing is said. */
export type VariableEntry = readonly [name: string, shape: Shape<number>, packing?: Packing | undefined];

/** The variables of graphs, by name, in the memory of a device: programs read and update them there. */
export class DeviceVariables {
  readonly device: GPUDevice;
  readonly #places: ReadonlyMap<string, Place>;
  readonly #buffers: ReadonlyMap<Room, GPUBuffer>;

  private constructor(
    device: GPUDevice,
    places: ReadonlyMap<string, Place>,
    buffers: ReadonlyMap<Room, GPUBuffer>,
  ) {
    this.device = device;
    this.#places = places;
    this.#buffers = buffers;
  }

  /**
   * Zeros of those shapes. Integers NAME want the variables `NAME/rows` and `NAME/columns` too: what they are multiplied with.
   * @throws FleuronError "device-memory".
   */
  static async create(device: GPUDevice, entries: Iterable<VariableEntry>): Promise<DeviceVariables> {
    const sizes = [...entries].map(
      ([name, shape, packing]) => [name, wordsOf(sizeOf(shape), packing), packing] as const,
    );
    const places = lastingPlaces("variables", sizes);
    const rooms = new Set([...places.values()].map(({ room }) => room));
    return new DeviceVariables(device, places, await createBuffers(device, rooms));
  }

  /** @param data its numbers, or their bytes. */
  write(name: string, data: Float32Array | Uint8Array): void {
    const { buffer, ...place } = this.#located(name);
    expectElements(name, place, Math.ceil(data.byteLength / BYTES), "were given");
    this.device.queue.writeBuffer(buffer, place.offset * BYTES, wholeWords(data));
  }

  async read(name: string): Promise<Float32Array<ArrayBuffer>> {
    const { buffer, offset, elements } = this.#located(name);
    const readback = createReadback(this.device, elements);
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, offset * BYTES, readback, 0, elements * BYTES);
    this.device.queue.submit([encoder.finish()]);
    try {
      return await downloaded(readback);
    } finally {
      readback.destroy();
    }
  }

  /** @throws FleuronError "graph-invalid" for a name that is none of them. */
  placeOf(name: string): Place {
    const place = this.#places.get(name);
    if (place !== undefined) return place;
    throw invalid(name, `There is no variable '${name}' on the device.`);
  }

  /** The buffer of a room of theirs. */
  bufferOf(room: Room): GPUBuffer | undefined {
    return this.#buffers.get(room);
  }

  #located(name: string) {
    const place = this.placeOf(name);
    return { ...place, buffer: this.#buffers.get(place.room)! };
  }

  destroy(): void {
    for (const buffer of this.#buffers.values()) buffer.destroy();
  }
}

/** A device is given bytes by fours. */
function wholeWords(data: Float32Array | Uint8Array): Float32Array | Uint8Array {
  if (data.byteLength % BYTES === 0) return data;
  const words = new Uint8Array(Math.ceil(data.byteLength / BYTES) * BYTES);
  words.set(data);
  return words;
}
