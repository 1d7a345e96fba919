import type { LeftOut } from "../../scan/left-out.js";
import type { Part } from "../../scan/parts.js";
import type { SplitProblems } from "../../split/split-problems.js";

/** What `data check` finds, as plain JSON. Paths are relative to the folder. */
export interface DatasetReport extends SplitProblems {
  readonly folder: string;
  /** All photos, unreadable ones too. */
  readonly photos: number;
  /** What lies among the photos and is not read. */
  readonly leftOut: readonly LeftOut[];
  /** Photos of each part, where folders divide them. */
  readonly parts: readonly { readonly part: Part; readonly photos: number }[];
  /** Without the photos for test. */
  readonly classes: readonly {
    readonly label: string;
    readonly count: number;
    readonly unreadable: number;
  }[];
  /** Readable photos of the largest class for one of the smallest. */
  readonly imbalance: number;
  /** They are over three. */
  readonly imbalanced: boolean;
  readonly unreadable: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  /** Photos whose shorter side is below `tinyBelow` pixels. */
  readonly tiny: readonly { readonly path: string; readonly width: number; readonly height: number }[];
  readonly tinyBelow: number;
  /** The same pixels, whatever the file. Worst groups first: across classes, across the split. */
  readonly exactDuplicates: readonly PhotoGroup[];
  /** Nearly the same, worst first: encoded, scaled or cropped otherwise. A group has one photo of each set of exact duplicates. */
  readonly nearDuplicates: readonly PhotoGroup[];
  /** What divides training from validation: folders, or, by default, the hash of a photo's content. */
  readonly splitBy: "folders" | "hash";
}

export interface PhotoGroup {
  /** Sorted by code unit. */
  readonly paths: readonly string[];
  /** One of them has a wrong label. */
  readonly acrossClasses: boolean;
  /** One is learned from and another validated or tested with: the accuracy flatters. */
  readonly acrossSplit: boolean;
}
