import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { Interruption } from "../interruption.js";

/**
 * A question that is answered with yes or no; no is what Return and the end of the input mean.
 *
 * @throws Interruption for Ctrl-C, which a terminal does not send as a signal meanwhile.
 */
export async function askYesOrNo(
  question: string,
  { input, output }: { readonly input: Readable; readonly output: Writable },
): Promise<boolean> {
  const lines = createInterface({ input, output });
  try {
    return await new Promise((resolve, reject) => {
      lines.once("close", () => resolve(false));
      lines.once("SIGINT", () => reject(new Interruption("SIGINT")));
      lines.question(`${question} [y/N] `, (answer) => resolve(/^y(es)?$/i.test(answer.trim())));
    });
  } finally {
    lines.close();
  }
}
