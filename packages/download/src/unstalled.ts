/**
 * The items of a source that may fall silent: a parser that waits for what never comes keeps nobody waiting, and a process
 * without a timer would end in the middle.
 *
 * @param limit milliseconds that one item may take.
 * @throws what `stalled` makes, once an item takes longer; the source is then left to itself.
 */
export async function* unstalled<Item>(
  source: AsyncIterable<Item>,
  limit: number,
  stalled: () => Error,
): AsyncGenerator<Item, void> {
  const items = source[Symbol.asyncIterator]();
  let silent = false;
  const next = () =>
    within(limit, items.next(), () => {
      silent = true;
      return stalled();
    });
  try {
    for (let { done, value } = await next(); !done; { done, value } = await next()) yield value;
  } finally {
    if (!silent) await items.return?.();
  }
}

/** What a promise gives in so many milliseconds; else what `stalled` makes is thrown. */
export const within = <Value>(limit: number, work: Promise<Value>, stalled: () => Error): Promise<Value> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(stalled()), limit);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
