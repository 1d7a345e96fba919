import {
  atLeast,
  type OptionRecord,
  type OptionsOf,
  oneOf,
  path,
  seed,
  signal,
  threads,
} from "@fleuron/model/options";

export const pictureFormats = ["jpeg", "png"] as const;
export type PictureFormat = (typeof pictureFormats)[number];

export const makeDrawnOptions = {
  /** A folder that is not there yet, or empty. */
  folder: { takes: path, required: true },
  /** Two pictures of each class are the fewest that can be split. */
  count: { takes: atLeast(10), default: 2000, value: "n", help: "pictures of all kinds together" },
  seed: { takes: seed, default: 0, value: "n", help: "another seed, other pictures" },
  format: { takes: oneOf(pictureFormats, "Formats"), default: "jpeg", value: "name", help: "jpeg or png" },
  threads: { takes: threads, value: "n", help: "threads that draw; at most, and by default, one per core" },
  signal: { takes: signal },
} as const satisfies OptionRecord;

export type MakeDrawnOptions = OptionsOf<typeof makeDrawnOptions>;
