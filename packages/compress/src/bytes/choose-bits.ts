import type { KernelBits } from "@fleuron/model";
import type { KernelChoice } from "./kernel-sensitivity.js";

/**
 * The bits of each kernel: the fewest for all, and then more where they bring the answers nearest for a byte, as long as the bytes last.
 */
export function chooseBits(
  choices: readonly KernelChoice[],
  freeBytes: number,
): ReadonlyMap<string, KernelBits> {
  const chosen = new Map<string, KernelChoice>();
  for (const choice of choices) {
    const before = chosen.get(choice.kernel);
    if (before === undefined || choice.bits < before.bits) chosen.set(choice.kernel, choice);
  }
  for (let free = freeBytes; ; ) {
    const upgrades = choices.flatMap((choice) => {
      const now = chosen.get(choice.kernel)!;
      const bytes = choice.bytes - now.bytes;
      const gain = now.divergence - choice.divergence;
      return choice.bits > now.bits && bytes <= free && gain > 0
        ? [{ choice, bytes, worth: gain / bytes }]
        : [];
    });
    if (upgrades.length === 0) break;
    const best = upgrades.reduce((one, other) => (other.worth > one.worth ? other : one));
    chosen.set(best.choice.kernel, best.choice);
    free -= best.bytes;
  }
  return new Map([...chosen].map(([kernel, { bits }]) => [kernel, bits]));
}
