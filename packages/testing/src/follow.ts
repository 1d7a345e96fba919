/** Everything that long work yields, and what it returns. */
export async function follow<Event, Result>(
  work: AsyncGenerator<Event, Result>,
  see: (event: Event) => void = () => undefined,
): Promise<{ readonly events: readonly Event[]; readonly result: Result }> {
  const events: Event[] = [];
  for (;;) {
    const { done, value } = await work.next();
    if (done) return { events, result: value };
    events.push(value);
    see(value);
  }
}
