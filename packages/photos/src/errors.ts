/** Codes of the {@link FleuronError}s about folders of photos. */
export type PhotosErrorCode =
  /** The folder of photos does not exist. */
  | "dataset-not-found"
  /** What was given as a folder of photos is a file. */
  | "dataset-not-a-folder"
  /** A folder below it cannot be listed. */
  | "dataset-unreadable"
  /** No class folder with photos in it. */
  | "dataset-empty"
  /** The folder has, say, both val/ and validation/. */
  | "dataset-ambiguous"
  /** A class has no photo, or none that can be read. */
  | "class-empty"
  | "one-class-only"
  /** val/ or test/ has a class that train/ lacks. */
  | "class-not-in-train"
  /** More than a fifth of the photos cannot be read. */
  | "too-many-unreadable-photos"
  /** A photo's file is not what it was when the dataset was prepared. */
  | "photo-changed"
  | "max-photos-too-small"
  | "validation-split-invalid"
  /** split.json is damaged or of another version. */
  | "split-invalid"
  /** A photo of split.json is gone from the dataset, or changed. */
  | "split-mismatch";
