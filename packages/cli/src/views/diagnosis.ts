import type { Diagnosis, EngineDiagnosis } from "@fleuron/trainer";
import type { Finding } from "@fleuron/training";
import type { Canvas } from "../terminal/canvas.js";
import { pad } from "../terminal/table.js";
import { type Fact, factLines } from "./facts.js";

/** The machine, the engines, and what `auto` takes. */
export function diagnosisLines({ machine, engines, auto }: Diagnosis, canvas: Canvas): readonly string[] {
  const taken = `${auto.name} in ${auto.precision}: ${auto.reason}`;
  return [
    ...factLines(
      machine.map((finding) => factOf(finding, canvas)),
      canvas,
    ),
    "",
    ...engineLines(engines, canvas),
    "",
    ...factLines([["auto takes", taken]], canvas),
  ];
}

/** A line per engine, and the next step under each that does not work. */
export function engineLines(engines: readonly EngineDiagnosis[], canvas: Canvas): readonly string[] {
  const { colours } = canvas;
  const width = Math.max(...engines.map(({ name }) => name.length));
  return engines.flatMap(({ name, works, findings, trial }) => {
    const head = `${pad(name, width, "left")}  `;
    const missing = findings.find(({ ok }) => !ok);
    if (works || missing === undefined) {
      const speed = trial
        ? `, ${trial.imagesPerSecond.toFixed(1)} images/s in ${trial.precision} on ${trial.threads} threads`
        : "";
      const found = findings.map(({ what, found }) => `${what} ${found}`).join("; ");
      return [`${head}${colours.accent("works")}${speed}  ${colours.dim(found)}`];
    }
    const next =
      missing.hint === undefined ? [] : [`${" ".repeat(width + 2)}${colours.dim("next:")} ${missing.hint}`];
    const why =
      missing.code === "not-installed"
        ? colours.warning("not installed")
        : `${colours.warning("does not work")}: ${missing.what}: ${missing.found}`;
    return [`${head}${why}`, ...next];
  });
}

const factOf = ({ what, ok, found, hint }: Finding, { colours }: Canvas): Fact => [
  what,
  ok ? found : `${colours.warning(found)}${hint === undefined ? "" : `; next: ${hint}`}`,
];
