// A wheel: a zip archive with TensorFlow's headers and libraries among its Python files.
import { unpackWheel } from "@fleuron/installer";
import { placeOf } from "./place.js";
import type { LibrarySource } from "./source.js";

export const wheel: LibrarySource = {
  recognises: (file, isFolder) => !isFolder && /\.(whl|zip)$/i.test(file),
  place: (file, deps, signal) => unpackWheel(file, deps, placeOf, signal),
};
