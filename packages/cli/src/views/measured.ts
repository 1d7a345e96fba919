// Which photos something was measured on, where that is not what a reader takes for granted.
import { count } from "@fleuron/model";
import type { PhotosMeasured } from "@fleuron/trainer";
import { shownPath } from "../paths.js";
import type { Colours } from "../terminal/colours.js";

const unknown = {
  data: "Whether the network was trained on some of them is unknown: its run is not here.",
  validation: "Whether the weights that it began with had learnt from some of them is unknown.",
} as const;

/** Nothing for the photos that a run held out, or for others that it has never seen. `data` is what `--data` named. */
export function measuredLines(
  { source, part, learntFrom }: PhotosMeasured,
  { photos, data }: { readonly photos: number; readonly data: string | undefined },
  { dim, warning }: Colours,
): readonly string[] {
  const place = data === undefined ? "" : shownPath(data);
  const which = (words: string) => (data === undefined ? [] : [dim(words)]);
  return [
    ...(source === "validation"
      ? which(`${place} has the run's own photos: only its validation photos are counted.`)
      : []),
    ...(part === null ? [] : which(`Of ${place}, only ${part}/ is counted.`)),
    ...(part !== null && data === undefined
      ? [dim(`They are those of ${part}/, which the run has set aside.`)]
      : []),
    ...(learntFrom === null && source !== "drawn" ? [dim(unknown[source])] : []),
    ...(learntFrom !== null && learntFrom > 0
      ? [
          warning(
            `The run was trained on ${learntFrom === photos ? "all" : count(learntFrom)} of them: this accuracy says nothing about new photos.`,
          ),
        ]
      : []),
  ];
}
