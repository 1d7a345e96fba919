// Where tensors lie: rooms, each of which becomes one GPUBuffer, and places in them.
import { invalid } from "../invalid.js";
import type { TensorId } from "./kernel.js";
import type { Packing } from "./packing.js";

export interface Room {
  readonly label: string;
  readonly elements: number;
}

export interface Place {
  readonly room: Room;
  /** In elements of 32 bits, as all lengths here. */
  readonly offset: number;
  readonly elements: number;
  /** How more than one number lies in each element; such a tensor has a room of its own. Default: float32. */
  readonly packing?: Packing | undefined;
}

/** @throws FleuronError "graph-invalid" for a tensor of another size; `where` ends the sentence that says so. */
export function expectElements(name: string, { elements }: Place, given: number, where: string): void {
  if (given === elements) return;
  throw invalid(name, `'${name}' has ${elements} elements of 32 bits on the device but ${given} ${where}.`);
}

/** Bindings begin at multiples of 256 bytes, and so do tensors. */
const ALIGNMENT = 64;

/** Tensors up to this size share a room, so that few bindings reach many of them. */
export const SMALL = 4096;

/** Tensors side by side in one room. */
export function sideBySide<Key>(label: string, sizes: Iterable<readonly [Key, number]>): Map<Key, Place> {
  const offsets: { key: Key; offset: number; elements: number }[] = [];
  let end = 0;
  for (const [key, elements] of sizes) {
    offsets.push({ key, offset: end, elements });
    end += Math.ceil(Math.max(elements, 1) / ALIGNMENT) * ALIGNMENT;
  }
  const room = { label, elements: end };
  return new Map(offsets.map(({ key, offset, elements }) => [key, { room, offset, elements }]));
}

type Size<Key> = readonly [key: Key, elements: number, packing?: Packing | undefined];

/** Small tensors side by side, each large or packed one in a room of its own: for tensors that stay. */
export function lastingPlaces<Key extends string>(
  label: string,
  sizes: readonly Size<Key>[],
): Map<Key, Place> {
  const isShared = ([, elements, packing]: Size<Key>) => elements <= SMALL && packing === undefined;
  const shared = sizes.filter(isShared).map(([key, elements]) => [key, elements] as const);
  const alone = sizes.filter((size) => !isShared(size));
  return new Map([
    ...sideBySide(label, shared),
    ...alone.flatMap(([key, elements, packing]) =>
      [...sideBySide(key, [[key, elements] as const])].map(
        ([, place]) => [key, { ...place, packing }] as const,
      ),
    ),
  ]);
}

/** From which kernel on a tensor is needed, and up to which one, by their numbers. */
export interface Lifetime {
  readonly id: TensorId;
  readonly elements: number;
  readonly first: number;
  readonly last: number;
}

/** Places for tensors that come and go: large ones take rooms over from those that nobody needs any more. */
export function passingPlaces(lifetimes: readonly Lifetime[]): Map<TensorId, Place> {
  const small = lifetimes.filter(({ elements }) => elements <= SMALL);
  const places = sideBySide(
    "small",
    small.map(({ id, elements }) => [id, elements] as const),
  );
  const rooms: { room: Room; freeFrom: number }[] = [];
  const large = lifetimes.filter(({ elements }) => elements > SMALL).sort((a, b) => a.first - b.first);
  for (const { id, elements, first, last } of large) {
    const fitting = rooms
      .filter(({ room, freeFrom }) => freeFrom <= first && fits(elements, room))
      .sort((a, b) => a.room.elements - b.room.elements);
    const taken = fitting[0] ?? { room: { label: `room ${rooms.length}`, elements }, freeFrom: 0 };
    if (fitting.length === 0) rooms.push(taken);
    taken.freeFrom = last + 1;
    places.set(id, { room: taken.room, offset: 0, elements });
  }
  return places;
}

/** A room twice as large as what lies in it is better left to another one. */
const fits = (elements: number, room: Room): boolean =>
  room.elements >= elements && room.elements <= 2 * elements;
