// Three charts side by side: accuracy against bytes, time and memory.
import { megabytes } from "@fleuron/model";
import { tradeChart } from "../charts/trade.js";
import { type Html, html, nothing } from "../html.js";

export interface Trade {
  readonly name: string;
  readonly accuracy: number;
  readonly bytes: number;
  readonly milliseconds: number;
  readonly memory: number;
}

export const shownMilliseconds = (value: number): string => `${value.toFixed(1)} ms`;

const costs = [
  ["Bytes on the wire", "bytes", megabytes],
  ["Time for a photo", "milliseconds", shownMilliseconds],
  ["Memory", "memory", megabytes],
] as const;

/**
 * Nothing where there is no more than one to choose from.
 * @param path whether each came of the one before.
 */
export const tradeFigures = (trades: readonly Trade[], path: boolean): Html =>
  trades.length < 2
    ? nothing
    : html`<div class="three">
${costs.map(
  ([heading, cost, tickFormat]) => html`<figure>
<h3>${heading}</h3>
${tradeChart(
  trades.map(({ name, accuracy, [cost]: value }) => ({ name, accuracy, cost: value })),
  { description: `Accuracy against ${heading.toLowerCase()}`, tickFormat, path },
)}
</figure>
`,
)}</div>`;
