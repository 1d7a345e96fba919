// Right inputs made wrong: bits flipped, pieces cut, doubled, moved or taken from another input, lengths that lie.
import type { RandomStream } from "@fleuron/model";
import { oneOf } from "../fault.js";

type Mutation = (bytes: Buffer, random: RandomStream, others: readonly Buffer[]) => Buffer;

/** Most inputs get one change, for several hide each other. */
const MOST_CHANGES = 4;

function flipBits(bytes: Buffer, random: RandomStream): Buffer {
  if (bytes.length === 0) return bytes;
  const count = 1 + random.integer(4);
  for (let flip = 0; flip < count; flip++) bytes[random.integer(bytes.length)]! ^= 1 << random.integer(8);
  return bytes;
}

function setByte(bytes: Buffer, random: RandomStream): Buffer {
  if (bytes.length > 0) bytes[somewhere(bytes, random)] = oneOf(random, ODD_BYTES);
  return bytes;
}

/** Extremes, and characters that end or open something in text. */
const ODD_BYTES = [0, 1, 0x7f, 0x80, 0xff, ...Buffer.from('"\\/{}[],:-.e0\n\r\t %')];

const cut: Mutation = (bytes, random) => bytes.subarray(0, random.integer(bytes.length + 1));

const remove: Mutation = (bytes, random) => {
  const [start, end] = range(bytes, random);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
};

const double: Mutation = (bytes, random) => {
  const [start, end] = range(bytes, random);
  return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
};

const insert: Mutation = (bytes, random) => {
  const at = random.integer(bytes.length + 1);
  const strange = Buffer.alloc(1 + random.integer(16));
  for (let index = 0; index < strange.length; index++) strange[index] = random.integer(256);
  return Buffer.concat([bytes.subarray(0, at), strange, bytes.subarray(at)]);
};

const splice: Mutation = (bytes, random, others) => {
  const other = others.length === 0 ? bytes : oneOf(random, others);
  const [start, end] = range(other, random);
  const at = random.integer(bytes.length + 1);
  const covered = random.integer(2) === 0 ? at : Math.min(bytes.length, at + end - start);
  return Buffer.concat([bytes.subarray(0, at), other.subarray(start, end), bytes.subarray(covered)]);
};

/** A number of 2, 4 or 8 bytes becomes one that is far too large, or just off. */
function lie(bytes: Buffer, random: RandomStream): Buffer {
  const width = oneOf(random, [2, 4, 8]);
  if (bytes.length < width) return bytes;
  const at = Math.min(somewhere(bytes, random), bytes.length - width);
  const little = random.integer(2) === 0;
  const here = little ? bytes.readUIntLE(at, Math.min(width, 6)) : bytes.readUIntBE(at, Math.min(width, 6));
  const lies = [
    0n,
    BigInt(here) + 1n,
    BigInt(here) - 1n,
    2n ** 31n,
    2n ** 32n - 1n,
    2n ** 53n,
    2n ** 63n,
    -1n,
  ];
  const value = BigInt.asUintN(width * 8, oneOf(random, lies));
  for (let byte = 0; byte < width; byte++) {
    bytes[at + (little ? byte : width - 1 - byte)] = Number((value >> BigInt(8 * byte)) & 0xffn);
  }
  return bytes;
}

/** Heads say more than what follows them: half of the places lie there. */
function somewhere({ length }: Buffer, random: RandomStream): number {
  return random.integer(random.integer(2) === 0 ? Math.min(length, 64) : length);
}

function range({ length }: Buffer, random: RandomStream): readonly [start: number, end: number] {
  const start = random.integer(length + 1);
  const most = random.integer(2) === 0 ? 16 : length;
  return [start, Math.min(length, start + random.integer(most + 1))];
}

const mutations: readonly Mutation[] = [
  flipBits,
  setByte,
  setByte,
  cut,
  remove,
  double,
  insert,
  splice,
  lie,
  lie,
];

/** A changed copy. `others` are what pieces may be taken from. */
export function mutate(bytes: Buffer, random: RandomStream, others: readonly Buffer[]): Buffer {
  const changes = random.integer(2) === 0 ? 1 : 1 + random.integer(MOST_CHANGES);
  let changed: Buffer = Buffer.from(bytes);
  for (let change = 0; change < changes; change++)
    changed = oneOf(random, mutations)(changed, random, others);
  return changed;
}
