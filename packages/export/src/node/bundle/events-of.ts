/**
 * What work reports by calling back, as events, and its result. Leaving early aborts it, and it has ended when this
 * has returned.
 */
export async function* eventsOf<Event, Result>(
  work: (emit: (event: Event) => void, signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Event, Result> {
  const left = new AbortController();
  const queue: Event[] = [];
  let running = true;
  let wake = () => {};
  const emit = (event: Event) => {
    queue.push(event);
    wake();
  };
  const result = work(emit, AbortSignal.any([left.signal, ...(signal ? [signal] : [])])).finally(() => {
    running = false;
    wake();
  });
  // The loop below throws a failure; nothing waits after leaving early.
  const ended = result.catch(() => undefined);
  try {
    while (running || queue.length > 0) {
      const [event] = queue.splice(0, 1);
      if (event !== undefined) yield event;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    return await result;
  } finally {
    left.abort();
    await ended;
  }
}
