import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const END = 0x06054b50;
const STORED = 0;

/** Writes the files of a zip into a folder. They must be stored as they are. */
export async function unzip(path: string, folder: string): Promise<readonly string[]> {
  const zip = await readFile(path);
  const end = zip.lastIndexOf(Buffer.from(Uint32Array.of(END).buffer));
  const names: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    if (zip.readUInt16LE(at + 10) !== STORED) throw new Error("internal: a compressed file in a zip");
    const bytes = zip.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const file = zip.toString("utf8", at + 46, at + 46 + name);
    names.push(file);
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), zip.subarray(begin, begin + bytes));
    at += 46 + name + extra + comment;
  }
  return names;
}
