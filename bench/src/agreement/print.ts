import { alignColumns } from "../align-columns.js";
import { describeMachine } from "../compare/machine.js";
import type { Difference } from "./difference.js";

export interface Agreement {
  readonly reference: string;
  readonly loss: number;
  readonly compared: readonly ComparedEngine[];
}

export type ComparedEngine = { readonly engine: string } & (
  | { readonly reason: string }
  | { readonly loss: number; readonly differences: readonly TensorDifference[] }
);

interface TensorDifference extends Difference {
  readonly tensor: string;
}

export function print(agreement: Agreement, json: boolean): void {
  const machine = describeMachine();
  if (json) {
    process.stdout.write(`${JSON.stringify({ machine, ...agreement })}\n`);
    return;
  }
  const { reference, loss, compared } = agreement;
  const lines = compared.flatMap((one) => {
    if ("reason" in one) return [`${one.engine}: not compared: ${one.reason}`, ""];
    const rows = one.differences.map(({ tensor, cosine, relative }) => [
      tensor,
      cosine.toFixed(7),
      relative.toExponential(1),
    ]);
    return [
      `${one.engine} beside ${reference}: loss ${one.loss.toFixed(6)}, ${loss.toFixed(6)}`,
      ...alignColumns([["tensor", "cosine", "difference ÷ norm"], ...rows], (column) => column > 0),
      "",
    ];
  });
  process.stdout.write(`${[...lines, `Machine: ${machine.cpu}, ${machine.cores} cores.`].join("\n")}\n`);
}
