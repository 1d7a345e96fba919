// Which photos something was measured on, where that is not what a reader takes for granted.
import { count } from "@fleuron/model";
import type { PhotosMeasured } from "@fleuron/trainer";
import { shownPath } from "../paths.js";
import type { Colours } from "../terminal/colours.js";

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
      ? which(`${place} has the run's own photos: only those that it held out are counted.`)
      : []),
    ...(part === null ? [] : which(`Of ${place}, only ${part}/ is counted.`)),
    ...(learntFrom === null && source === "data"
      ? [dim("Whether some of them were learnt from is not known: the run was not found.")]
      : []),
    ...(learntFrom !== null && learntFrom > 0
      ? [
          warning(
            `${learntFrom === photos ? "All" : count(learntFrom)} of them were learnt from: such an accuracy says nothing about new photos.`,
          ),
        ]
      : []),
  ];
}
