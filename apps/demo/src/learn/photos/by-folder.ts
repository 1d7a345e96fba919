// Files that come in folders, by the folders that name their classes.

export interface FoundFile {
  readonly file: File;
  /** The folder in which it lies; undefined for a file that came by itself. */
  readonly folder: string | undefined;
}

export interface SortedFiles {
  /** Photos by the names of their folders. */
  readonly classes: ReadonlyMap<string, readonly File[]>;
  /** Photos that came without a folder. */
  readonly loose: readonly File[];
  /** The names of files that are not photos. */
  readonly others: readonly string[];
}

export function byFolder(found: readonly FoundFile[]): SortedFiles {
  const classes = new Map<string, File[]>();
  const loose: File[] = [];
  const others: string[] = [];
  for (const { file, folder } of found) {
    if (isHidden(file)) continue;
    if (!isPhoto(file)) others.push(file.name);
    else if (folder === undefined) loose.push(file);
    else {
      const photos = classes.get(folder);
      if (photos) photos.push(file);
      else classes.set(folder, [file]);
    }
  }
  return { classes, loose, others };
}

/** The folder that an `<input webkitdirectory>` says a file lies in. */
export const folderOf = ({ webkitRelativePath }: File): string | undefined =>
  webkitRelativePath.split("/").at(-2);

const isPhoto = ({ type, name }: File): boolean =>
  type === "" ? /\.(jpe?g|png|webp)$/i.test(name) : type.startsWith("image/");

/** What systems put into folders unasked. */
const isHidden = ({ name }: File): boolean => name.startsWith(".") || name === "Thumbs.db";
