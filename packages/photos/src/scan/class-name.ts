/** The name of a class by its folder's: in Unicode's composed form, which is one on every machine. */
export const className = (folder: string): string => folder.normalize("NFC");

/** Equal for names that differ in case, spaces, `-` and `_` alone. */
export const looseName = (name: string): string =>
  className(name)
    .toLowerCase()
    .replace(/[\s_-]+/g, "");
