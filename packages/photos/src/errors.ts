import { type ErrorCodeOf, errorsOf } from "@fleuron/model";
/** Errors about folders of photos. */
export const photosError = errorsOf({
  /** The folder of photos does not exist. */
  "dataset-not-found": "data",
  /** What was given as a folder of photos is a file. */
  "dataset-not-a-folder": "data",
  /** A folder below it cannot be listed. */
  "dataset-unreadable": "data",
  /** No class folder with photos in it. */
  "dataset-empty": "data",
  /** The folder has, say, both val/ and validation/. */
  "dataset-ambiguous": "data",
  /** A class has no photo, or none that can be read. */
  "class-empty": "data",
  "one-class-only": "data",
  /** A class that the network which is to be measured does not know. */
  "class-unknown": "data",
  /** A file of labels is damaged, or not true of the photos. */
  "labels-invalid": "data",
  /** val/ or test/ has a class that train/ lacks. */
  "class-not-in-train": "data",
  /** More than a fifth of the photos cannot be read. */
  "too-many-unreadable-photos": "data",
  /** A photo's file is not what it was when the dataset was prepared. */
  "photo-changed": "data",
  /** A folder, a part of one or a list that has no photos. */
  "photos-not-found": "data",
  /** No photo is left for one side of the split. */
  "photos-too-few": "data",
  "max-photos-too-small": "usage",
  "validation-split-invalid": "usage",
  /** split.json is damaged or of another version. */
  "split-invalid": "data",
  /** A photo of split.json is gone from the dataset, or changed. */
  "split-mismatch": "data",
});

export type PhotosErrorCode = ErrorCodeOf<typeof photosError>;
