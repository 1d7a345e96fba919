// Where engines of TensorFlow exist: the libraries that are fetched are for Linux with glibc on x64.

import type { Platform } from "@fleuron/training";

/** The oldest glibc that the wheels of TensorFlow 2.21 run on: manylinux_2_27. */
const GLIBC = [2, 27] as const;

/** Why no engine of TensorFlow can be installed there; undefined where it can. */
export function unsupported({ system, arch, glibc }: Platform): string | undefined {
  if (system !== "linux" || arch !== "x64")
    return `it exists for Linux on x64, and this is ${system} on ${arch}`;
  if (glibc === undefined) return "TensorFlow's libraries need glibc, and this system has another C library";
  const [major, minor] = glibc.split(".").map(Number) as [major: number, minor: number];
  const old = major < GLIBC[0] || (major === GLIBC[0] && minor < GLIBC[1]);
  return old
    ? `TensorFlow's libraries need glibc ${GLIBC.join(".")}, and this system has ${glibc}`
    : undefined;
}
