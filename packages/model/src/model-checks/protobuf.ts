export interface ProtobufField {
  readonly number: number;
  /** A view of the message. */
  readonly bytes: Uint8Array;
}

/**
 * The length-delimited fields of a protobuf message: messages, strings and bytes; numbers are skipped.
 * @throws RangeError for bytes that are no message.
 */
export function* protobufFields(message: Uint8Array): Generator<ProtobufField, void> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let weight = 1; at < message.length && weight < 2 ** 70; weight *= 128) {
      const byte = message[at++];
      value += (byte & 127) * weight;
      if (byte < 128) return value;
    }
    throw malformed(at);
  };
  while (at < message.length) {
    const tag = varint();
    const length = lengthOf(tag % 8, varint);
    // Also where there is no length.
    if (!(at + length <= message.length)) throw malformed(at);
    if (tag % 8 === DELIMITED) {
      yield { number: Math.floor(tag / 8), bytes: message.subarray(at, at + length) };
    }
    at += length;
  }
}

const [VARINT, FIXED64, DELIMITED, FIXED32] = [0, 1, 2, 5];

function lengthOf(wireType: number, varint: () => number): number {
  if (wireType === DELIMITED) return varint();
  if (wireType === VARINT) varint();
  return { [VARINT]: 0, [FIXED64]: 8, [FIXED32]: 4 }[wireType] ?? Number.NaN;
}

const malformed = (at: number) => new RangeError(`no protobuf at byte ${at}`);
