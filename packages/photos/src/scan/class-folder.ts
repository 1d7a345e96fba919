/** The photos of one class in one part, and what lies among them. */
export interface ClassFolder {
  readonly name: string;
  /** Relative to the dataset's root. */
  readonly folder: string;
  /** Relative to the dataset's root, with forward slashes. */
  readonly photos: readonly string[];
  /** As in a folder's listing. */
  readonly leftOut: readonly string[];
}

/** What a part has. */
export interface PartContents {
  readonly classes: readonly ClassFolder[];
  /** What lies there and in no class. */
  readonly leftOut: readonly string[];
}
