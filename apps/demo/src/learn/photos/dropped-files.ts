import type { FoundFile } from "./by-folder.js";

/** All files of a drop, those in dropped folders included. Must be called while the event is handled. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly FoundFile[]> {
  const items = Array.from(transfer.items, (item) => ({
    entry: item.webkitGetAsEntry(),
    file: item.getAsFile(),
  }));
  const found: FoundFile[] = [];
  for (const { entry, file } of items) {
    if (entry) await collect(entry, undefined, found);
    else if (file) found.push({ file, folder: undefined });
  }
  return found;
}

async function collect(
  entry: FileSystemEntry,
  folder: string | undefined,
  found: FoundFile[],
): Promise<void> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject)).catch(() =>
      unreadable(entry),
    );
    found.push({ file, folder });
  } else if (isFolder(entry)) {
    const reader = entry.createReader();
    for (;;) {
      // It gives some hundred at a time, and none after the last.
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      ).catch(() => undefined);
      if (some === undefined) found.push({ file: unreadable(entry), folder });
      if (some === undefined || some.length === 0) return;
      for (const each of some) await collect(each, entry.name, found);
    }
  }
}

/** What cannot be read becomes a photo that cannot, and takes no others with it. */
const unreadable = ({ name }: FileSystemEntry) => new File([], name);

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
