import { byCodeUnit } from "@fleuron/model";

/** A photo and what is in it. */
export interface LabelledPhoto {
  readonly photo: Blob;
  readonly label: string;
  /** What messages call it. Default: the file's own name. */
  readonly name?: string;
}

export const nameOf = ({ photo, name }: LabelledPhoto, index: number): string =>
  name ?? (photo instanceof File && photo.name ? photo.name : `photo ${index + 1}`);

/** As Node lists them, by class and name, in whatever order they were chosen: what is drawn depends on a photo's place. */
export function inOrder(photos: readonly LabelledPhoto[]): readonly LabelledPhoto[] {
  const keyed = photos.map((photo, index) => ({ photo, key: `${photo.label}/${nameOf(photo, index)}` }));
  keyed.sort((one, other) => byCodeUnit(one.key, other.key));
  return keyed.map(({ photo }) => photo);
}
