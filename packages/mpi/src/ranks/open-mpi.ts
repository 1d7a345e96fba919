import { trainerError } from "@fleuron/training";
import type { Share } from "@fleuron/training/data";
import type { Ranks } from "@fleuron/training/ranks";
import { loadMpi } from "./load-mpi.js";

/** One thread calls MPI, which is not the process's first. */
const THREAD_SERIALIZED = 2;
const IN_PLACE = 1;
/** Elements that are added up at a time: a count of MPI is 32 bits, and a bucket is held twice. */
const BUCKET = 1 << 24;
const MOST_BYTES = 1 << 30;

/**
 * Joins the processes that `mpirun` has started, and waits for all of them. To be called once, in the thread that computes.
 * MPI's own errors end all processes.
 * @throws FleuronError "mpi-unavailable" as {@link loadMpi}, and where the launcher belongs to another MPI.
 */
export async function openMpi(launch: Share): Promise<Ranks> {
  const mpi = await loadMpi();
  const asked = (call: (...given: unknown[]) => unknown, ...given: unknown[]): number => {
    const answer = [0];
    call(...given, answer);
    return answer[0]!;
  };
  asked(mpi.initThread, null, null, THREAD_SERIALIZED);
  const [rank, count] = [asked(mpi.commRank, mpi.world), asked(mpi.commSize, mpi.world)];
  if (rank !== launch.rank || count !== launch.count) {
    throw trainerError(
      "mpi-unavailable",
      `The launcher has started ${launch.count} processes, of which Open MPI's library knows ${count}.`,
      { subject: "mpirun", hint: "Start them with the mpirun of the Open MPI that is installed." },
    );
  }
  return {
    rank,
    count,
    sum(values) {
      for (let begin = 0; begin < values.length; begin += BUCKET) {
        const bucket = values.subarray(begin, begin + BUCKET);
        mpi.allreduce(IN_PLACE, bucket, bucket.length, mpi.float, mpi.sum, mpi.world);
      }
    },
    broadcast(bytes) {
      for (let begin = 0; begin < bytes.length; begin += MOST_BYTES) {
        const part = bytes.subarray(begin, begin + MOST_BYTES);
        mpi.bcast(part, part.length, mpi.byte, 0, mpi.world);
      }
    },
    finish() {
      mpi.finalize();
    },
  };
}
