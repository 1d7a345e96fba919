// Which processor a shared library is for, by its first bytes: ELF-64, https://refspecs.linuxfoundation.org/elf/elf.pdf
import { promises as fs } from "node:fs";
import { installError } from "@fleuron/installer";

const MACHINES: { readonly [eMachine: number]: string } = { 62: "x64", 183: "arm64" };

/** "x64", "arm64"; undefined for anything that is no 64-bit ELF file of these. */
export async function machineOf(file: string): Promise<string | undefined> {
  const header = Buffer.alloc(20);
  const handle = await fs.open(file);
  try {
    await handle.read(header, 0, header.length, 0);
  } finally {
    await handle.close();
  }
  const isElf64 = header.toString("latin1", 0, 4) === "\x7fELF" && header[4] === 2;
  return isElf64 ? MACHINES[header.readUInt16LE(18)] : undefined;
}

/** @throws FleuronError "library-unfit" when `file` is no library for this processor. */
export async function requireMachineCode(file: string, name: string): Promise<void> {
  const machine = await machineOf(file);
  if (machine === process.arch) return;
  const what = machine === undefined ? "no Linux library" : `a library for ${machine}`;
  throw installError("library-unfit", `${name} is ${what}; this Node runs on ${process.arch}.`, {
    subject: file,
    hint: "Take the TensorFlow that is made for this machine.",
  });
}
