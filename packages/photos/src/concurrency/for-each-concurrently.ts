/** Files that are looked at, or read, at the same time. */
export const FILES_AT_ONCE = 32;

/** Does `work` for every item, with at most `concurrency` under way. Fails with the first failure. */
export async function forEachConcurrently<Item>(
  items: Iterable<Item>,
  concurrency: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const drain = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: concurrency }, drain));
}
