export interface ProtobufField {
  readonly number: number;
  /** A view of the message for what has a length: messages, strings, bytes, packed numbers. */
  readonly value: Uint8Array | number;
}

const [VARINT, FIXED64, DELIMITED, FIXED32] = [0, 1, 2, 5];

/**
 * The fields of a protobuf message that are whole numbers or have a length; the others are skipped.
 * @throws RangeError for bytes that are no message.
 */
export function* protobufFields(message: Uint8Array): Generator<ProtobufField, void> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let weight = 1; at < message.length && weight < 2 ** 70; weight *= 128) {
      const byte = message[at++]!;
      value += (byte & 127) * weight;
      if (byte < 128) return value;
    }
    throw malformed(at);
  };
  while (at < message.length) {
    const tag = varint();
    const [number, wireType] = [Math.floor(tag / 8), tag % 8];
    if (wireType === VARINT) {
      yield { number, value: varint() };
      continue;
    }
    const length =
      wireType === DELIMITED ? varint() : wireType === FIXED64 ? 8 : wireType === FIXED32 ? 4 : Number.NaN;
    if (!(at + length <= message.length)) throw malformed(at);
    if (wireType === DELIMITED) yield { number, value: message.subarray(at, at + length) };
    at += length;
  }
}

const malformed = (at: number) => new RangeError(`no protobuf at byte ${at}`);
