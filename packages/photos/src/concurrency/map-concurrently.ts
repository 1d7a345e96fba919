/** Files that are looked at, or read, at the same time. */
export const FILES_AT_ONCE = 32;

/**
 * Results of `work` for each item, in the order in which they come, with at most `concurrency` under way. After a
 * failure no other item is begun. However the consumer ends, nothing is under way any more when this has returned.
 */
export async function* mapConcurrently<Item, Result>(
  items: Iterable<Item>,
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay = new Map<number, Promise<readonly [number, Result]>>();
  let started = 0;
  try {
    for (const item of items) {
      const ticket = started++;
      underWay.set(
        ticket,
        work(item).then((result) => [ticket, result]),
      );
      if (underWay.size >= concurrency) yield await next();
    }
    while (underWay.size > 0) yield await next();
  } finally {
    await Promise.allSettled(underWay.values());
  }

  async function next(): Promise<Result> {
    const [ticket, result] = await Promise.race(underWay.values());
    underWay.delete(ticket);
    return result;
  }
}
