import { type Classification, percent } from "@fleuron/model";

export interface Title {
  readonly name: string;
  /** How probable that is; empty for what is none of the classes. */
  readonly share: string;
}

/** What a photo is called. */
export function titleOf({ predictions: [first], rejected }: Classification): Title {
  if (rejected) return { name: "none of these", share: "" };
  return { name: first?.label ?? "", share: first ? percent(first.probability) : "" };
}
