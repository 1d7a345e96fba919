import { FleuronError, sizeOf } from "@fleuron/model";
import type { GraphErrorCode } from "../shapes.js";
import type { Shape } from "../types.js";
import { BYTES, createBuffers, createReadback, downloaded } from "./gpu.js";
import { lastingPlaces, type Place, type Room } from "./places.js";

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
   * Zeros of those shapes.
   * @throws FleuronError "device-memory".
   */
  static async create(
    device: GPUDevice,
    shapes: Iterable<readonly [name: string, shape: Shape<number>]>,
  ): Promise<DeviceVariables> {
    const sizes = [...shapes].map(([name, shape]) => [name, sizeOf(shape)] as const);
    const places = lastingPlaces("variables", sizes);
    const rooms = new Set([...places.values()].map(({ room }) => room));
    return new DeviceVariables(device, places, await createBuffers(device, rooms));
  }

  write(name: string, data: Float32Array): void {
    const { buffer, offset, elements } = this.#located(name);
    if (data.length !== elements) {
      throw new FleuronError<GraphErrorCode>(
        "graph-invalid",
        `'${name}' has ${elements} elements but was given ${data.length}.`,
        { subject: name },
      );
    }
    this.device.queue.writeBuffer(buffer, offset * BYTES, data);
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
    throw new FleuronError<GraphErrorCode>("graph-invalid", `There is no variable '${name}' on the device.`, {
      subject: name,
    });
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
