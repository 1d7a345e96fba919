import type { TrainingPlan } from "@fleuron/training";
import { recipes } from "@fleuron/training";
import { ranksInProcess } from "@fleuron/training/fixtures";
import { describe, expect, it } from "vitest";
import { launchOf } from "./launch.js";
import { identityOf } from "./ranks/identity.js";
import { loadMpi } from "./ranks/load-mpi.js";
import { invite, join } from "./ranks/meet.js";
import { requireShareable } from "./require-shareable.js";

describe("a process", () => {
  it("is one of several where mpirun, or srun, has started several", () => {
    const openMpi = { OMPI_COMM_WORLD_RANK: "2", OMPI_COMM_WORLD_SIZE: "4", PMIX_RANK: "2" };
    expect(launchOf(openMpi)).toEqual({ rank: 2, count: 4 });
    expect(launchOf({ PMIX_RANK: "0", SLURM_STEP_NUM_TASKS: "8" })).toEqual({ rank: 0, count: 8 });
    expect(launchOf({ OMPI_COMM_WORLD_RANK: "0", OMPI_COMM_WORLD_SIZE: "1" })).toBeUndefined();
    expect(launchOf({ SLURM_STEP_NUM_TASKS: "8" })).toBeUndefined();
    expect(launchOf({})).toBeUndefined();
  });

  it("says what installs Open MPI where it is not there", async () => {
    await expect(loadMpi(["libnowhere.so"])).rejects.toMatchObject({
      code: "mpi-unavailable",
      hint: expect.stringContaining("apt-get install openmpi-bin"),
    });
  });
});

describe("ranks", () => {
  const work = { plan: "the work" };
  const [own, other] = [
    { build: "1", options: "a" },
    { build: "2", options: "b" },
  ];
  /** What comes of rank 0's invitation, and what the others join. */
  const met = (identities: readonly { build: string; options: string }[]) => {
    const [first, ...others] = ranksInProcess(identities.length);
    return Promise.all([
      invite(first!, work, identities[0]!).catch(({ message }: Error) => message),
      ...others.map((ranks) => join(ranks, identities[ranks.rank]!)),
    ]);
  };

  it("join where they are of one build and were started with the same options", async () => {
    expect(await met([own, own, own])).toEqual([undefined, work, work]);
  });

  it("part where they differ, and the first one says how", async () => {
    const build = "Rank 2 has another build of Fleuron than rank 0.";
    expect(await met([own, own, { ...own, build: "2" }])).toEqual([build, undefined, undefined]);
    const options = "Rank 1 has other options than rank 0.";
    expect(await met([own, { ...own, options: "b" }])).toEqual([options, undefined]);
    const both = "2 ranks, the first of them 1, have another build of Fleuron than rank 0.";
    expect(await met([own, other, other])).toEqual([both, undefined, undefined]);
  });

  it("are alike by their code and by what they were asked for", async () => {
    const [one, same, another] = [{ epochs: 3 }, { epochs: 3 }, { epochs: 4 }];
    expect(await identityOf(one)).toEqual(await identityOf(same));
    expect((await identityOf(another)).options).not.toBe((await identityOf(one)).options);
    expect((await identityOf(another)).build).toBe((await identityOf(one)).build);
  });
});

describe("a run to be shared", () => {
  const shared = { launch: { rank: 0, count: 4 }, asked: {} };
  const plan = { network: { layers: [] }, batchSize: 3 } as unknown as TrainingPlan;

  it("has a photo of each batch for each rank", () => {
    expect(() => requireShareable(shared, plan, recipes.modern)).toThrow("too small for 4 ranks");
    expect(() => requireShareable(shared, { ...plan, batchSize: 4 }, recipes.modern)).not.toThrow();
    expect(() => requireShareable(undefined, plan, recipes.modern)).not.toThrow();
  });
});
