// Open MPI's C library, called through koffi.
import { trainerError } from "@fleuron/training";
import type { LibraryHandle } from "koffi";

/** The shared library of Open MPI 4 and 5 by its names on Linux, and on macOS. */
const NAMES = ["libmpi.so.40", "libmpi.so", "libmpi.40.dylib", "libmpi.dylib"];

export type Mpi = ReturnType<typeof bind>;

/**
 * Finds both; nothing is initialised.
 * @throws FleuronError "mpi-unavailable" with what installs the one that is not there.
 */
export async function loadMpi(names = NAMES): Promise<Mpi> {
  const koffi = await import("koffi").catch((cause: unknown) => {
    throw missing("the package koffi", "npm install koffi", cause);
  });
  for (const name of names) {
    try {
      return bind(koffi.default.load(name));
    } catch {}
  }
  throw missing(
    "Open MPI's library (libmpi)",
    "apt-get install openmpi-bin, or your system's package of Open MPI",
  );
}

const missing = (what: string, installs: string, cause?: unknown) =>
  trainerError("mpi-unavailable", `A run that several processes share needs ${what}, which is not there.`, {
    subject: "mpirun",
    hint: `On every machine: ${installs}.`,
    cause,
  });

/** Handles of Open MPI are addresses of its variables; other MPIs have numbers, and none of these. */
function bind(library: LibraryHandle) {
  const handle = (name: string): bigint => library.symbol(`ompi_mpi_${name}`);
  return {
    initThread: library.func("int MPI_Init_thread(void*, void*, int, _Out_ int*)"),
    commRank: library.func("int MPI_Comm_rank(void*, _Out_ int*)"),
    commSize: library.func("int MPI_Comm_size(void*, _Out_ int*)"),
    allreduce: library.func("int MPI_Allreduce(intptr, void*, int, void*, void*, void*)"),
    bcast: library.func("int MPI_Bcast(void*, int, void*, int, void*)"),
    finalize: library.func("int MPI_Finalize()"),
    world: handle("comm_world"),
    float: handle("float"),
    byte: handle("byte"),
    sum: handle("op_sum"),
  };
}
