import { median } from "../statistics.js";
import type { CommandCase } from "./cases.js";
import type { Checkout } from "./checkout.js";

export interface CommandResult {
  readonly command: string;
  /** The median of each checkout, in milliseconds, in their order. */
  readonly medianMs: readonly number[];
}

/**
 * Each command, by each checkout in turns, each first in every other one, so that whatever else the machine does and the one before has left falls on all alike. A first turn is not
 * counted.
 */
export async function takeTurns(
  cases: readonly CommandCase[],
  checkouts: readonly Checkout[],
  {
    times,
    onProgress,
  }: { readonly times: number; readonly onProgress?: ((what: string) => void) | undefined },
): Promise<readonly CommandResult[]> {
  const results: CommandResult[] = [];
  for (const { name, run } of cases) {
    const measured = checkouts.map((): number[] => []);
    for (let turn = 0; turn <= times; turn++) {
      onProgress?.(`${name}: ${turn} of ${times}`);
      const inOrder = [...checkouts.entries()];
      for (const [index, checkout] of turn % 2 === 0 ? inOrder : inOrder.reverse()) {
        const ms = await run(checkout);
        if (turn > 0) measured[index]!.push(ms);
      }
    }
    results.push({ command: name, medianMs: measured.map(median) });
  }
  return results;
}
