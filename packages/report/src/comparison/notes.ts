import type { ReportedRun } from "../reported-run.js";

export interface NotedRun {
  readonly name: string;
  readonly record: Pick<ReportedRun, "labels" | "dataset">;
  /** Contents of the photos that it validates with; absent when that cannot be known. */
  readonly validation: ReadonlySet<string> | undefined;
  /** Complete ones. */
  readonly epochs: number;
}

/** Why figures of runs may not be comparable, as sentences. */
export function notesOf(runs: readonly NotedRun[]): readonly string[] {
  const unfinished = runs.filter(({ epochs }) => epochs === 0).map(({ name }) => name);
  const drawn = runs.filter(({ record }) => record.dataset.name === "procedural").map(({ name }) => name);
  const informed = runs.filter(({ record }) => record.dataset.learntBefore).map(({ name }) => name);
  const classes = new Set(runs.map(({ record }) => JSON.stringify(record.labels)));
  return [
    ...(drawn.length === 0
      ? []
      : [
          `The flowers of ${drawn.join(", ")} were drawn by a program: such figures say nothing about real photos.`,
        ]),
    ...(unfinished.length === 0 ? [] : [`No epoch is complete yet: ${unfinished.join(", ")}.`]),
    ...(informed.length === 0
      ? []
      : [
          `The initial weights of ${informed.join(", ")} were trained on some of their validation photos: such ` +
            "figures say nothing about new photos.",
        ]),
    ...(classes.size > 1
      ? ["The runs have different classes: their figures are not comparable."]
      : sameValidation(runs)
        ? []
        : [
            "The runs used different validation photos: small differences between their figures mean nothing.",
          ]),
  ];
}

/** Also where it cannot be known: then nothing can be said. */
function sameValidation(runs: readonly NotedRun[]): boolean {
  const sets = runs.flatMap(({ validation }) => (validation === undefined ? [] : [validation]));
  return sets.every((set) => set.size === sets[0]!.size && [...set].every((photo) => sets[0]!.has(photo)));
}
