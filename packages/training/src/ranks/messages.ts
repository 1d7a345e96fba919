// Plain data from rank 0 to the others.
import type { Ranks } from "./ranks.js";

const LENGTH_BYTES = 4;

/** To be called by rank 0, where the others call {@link receive}. */
export const send = (ranks: Ranks, message: unknown): Promise<void> =>
  sendBytes(ranks, new TextEncoder().encode(JSON.stringify(message)));

export const receive = async <Message>(ranks: Ranks): Promise<Message> =>
  JSON.parse(new TextDecoder().decode(await receiveBytes(ranks)));

/** To be called by rank 0, where the others call {@link receiveBytes}. */
export async function sendBytes(ranks: Ranks, bytes: Uint8Array): Promise<void> {
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, bytes.length);
  await ranks.broadcast(length);
  await ranks.broadcast(bytes);
}

export async function receiveBytes(ranks: Ranks): Promise<Uint8Array> {
  const length = new Uint8Array(LENGTH_BYTES);
  await ranks.broadcast(length);
  const bytes = new Uint8Array(new DataView(length.buffer).getUint32(0));
  await ranks.broadcast(bytes);
  return bytes;
}
