// What came of each runtime as Markdown: a table for each network and layout, and below them why a cell is empty.

export const layouts = ["external", "single"];
export const precisions = ["float32", "float16", "int8", "int4"];

const words = {
  external: "weights in a file beside the model, as `pnpm export` writes more than 1 MiB",
  single: "one file, as `pnpm export --single-file` writes it",
};

export function tables(rows, samples) {
  const reasons = [];
  const cellOf = ({ failed, difference }) => {
    if (failed === undefined) return shown(difference);
    if (!reasons.includes(failed)) reasons.push(failed);
    return `– [${reasons.indexOf(failed) + 1}]`;
  };
  const table = (network, layout) => {
    const lines = rows
      .filter(({ results }) => results)
      .map(({ runtime, version, results }) => {
        const here = results.filter((result) => result.network === network && result.layout === layout);
        return [`${runtime.name} ${version ?? ""}`.trim(), ...here.map(cellOf)];
      })
      .filter((cells) => cells.length > 1)
      .map(row);
    return [
      `**${network}**, ${words[layout]}:`,
      "",
      row(["runtime", ...precisions]),
      RULE,
      ...lines,
      "",
    ].join("\n");
  };
  const parts = samples.flatMap(({ network }) => layouts.map((layout) => table(network, layout)));
  const why = reasons.map((reason, index) => `${index + 1}. ${code(reason)}`);
  const skipped = rows
    .filter(({ missing }) => missing)
    .map(({ runtime, missing }) => `- ${runtime.id}: ${code(missing)}`);
  return [
    ...parts,
    ...(why.length > 0 ? ["What they said:", "", ...why, ""] : []),
    ...(skipped.length > 0 ? ["Not tried there, and why:", "", ...skipped, ""] : []),
  ].join("\n");
}

const row = (cells) => `| ${cells.join(" | ")} |`;
const RULE = row(["---", ...precisions.map(() => "---:")]);
const code = (text) => `\`${text.replaceAll("`", "'").slice(0, 200)}\``;

function shown(difference) {
  if (Number.isNaN(difference)) return "no number";
  return difference === 0 ? "0" : difference.toExponential(0);
}
