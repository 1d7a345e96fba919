/**
 * The files that hold `parts` one after another, cut every `shardBytes` bytes, each as views of the parts it is made
 * of. No bytes at all are one empty file.
 */
export function shards(parts: readonly Uint8Array[], shardBytes: number): readonly (readonly Uint8Array[])[] {
  const files: Uint8Array[][] = [[]];
  let room = shardBytes;
  for (const part of parts) {
    for (let from = 0; from < part.length; ) {
      if (room === 0) {
        files.push([]);
        room = shardBytes;
      }
      const view = part.subarray(from, from + room);
      files.at(-1)!.push(view);
      from += view.length;
      room -= view.length;
    }
  }
  return files;
}
