// Runs that go on with what a network has learnt, on the built package.
import { cp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { FleuronError } from "@fleuron/model";
import { readSplit } from "@fleuron/photos";
import { openSafetensorsFile } from "@fleuron/run-folder";
import { follow } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  compare,
  evaluate,
  predict,
  report,
  resume,
  summariseRun,
  type TrainOptions,
  train,
  trainedRun,
} from "../../dist/index.js";
import {
  expectSameRun,
  type Lab,
  openLab,
  recordOf,
  stopAt,
  tensorBytes,
  warningsOf,
} from "../fixtures/lab.js";
import { petals, petalsWeights, writeNetwork } from "../fixtures/network-file.js";

let lab: Lab;
let data: string;
let network: string;
let all: TrainOptions;

beforeAll(async () => {
  lab = await openLab();
  data = await lab.photos("photos", { perClass: 12, classes: ["daisy", "rose", "tulip"] });
  network = await writeNetwork(lab.path("petals.onnx"));
  all = { data, network, recipe: "fine-tune", batchSize: 8, epochs: 3, threads: 1, skipReport: true };
  await follow(train({ ...all, out: lab.path("runs", "all") }));
});
afterAll(() => lab[Symbol.asyncDispose]());

/** The tensors of a checkpoint or another safetensors file of a run. */
async function tensorsOf(run: string, file: string) {
  await using opened = await openSafetensorsFile(lab.path("runs", run, file));
  const tensors = new Map<string, Float32Array>();
  for await (const { name, data: values } of opened.read()) tensors.set(name, values);
  return tensors;
}

describe("a run of a network that is a file", () => {
  it("begins with the file's weights, a new head apart, and moves all but statistics", async () => {
    const initial = await tensorsOf("all", "initial.safetensors");
    const best = await tensorsOf("all", "best.safetensors");
    expect([...best.keys()].filter((name) => !initial.has(name))).toEqual([
      "weights/head/kernel",
      "weights/head/bias",
    ]);
    for (const [name, values] of initial) {
      expect(values, name).toEqual(petalsWeights.get(name.slice(name.indexOf("/") + 1)));
      const moved = best.get(name)!.some((value, index) => value !== values[index]);
      expect(moved, name).toBe(name.startsWith("weights/"));
    }
  });

  it("keeps the network, the file's name and hash, and a slower body", async () => {
    const record = await recordOf(lab.path("runs", "all"));
    expect(record).toMatchObject({
      recipe: "fine-tune",
      source: { file: "petals.onnx", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      plan: {
        network: { type: "imported", name: "petals" },
        bodyRate: { factor: 0.1, head: ["head/kernel", "head/bias"] },
      },
      preprocessing: { size: 40, resize: { fit: "cover", resizeTo: 46 } },
    });
    const { network: kept, training } = await trainedRun({ run: lab.path("runs", "all") });
    expect(kept).toMatchObject({ type: "imported", name: "petals" });
    expect(training.network.name).toBe("petals");
  });

  it("goes on bit for bit where it was stopped, without the file", async () => {
    const run = lab.path("runs", "stopped");
    const moved = await writeNetwork(lab.path("moved.onnx"));
    const { signal, see } = stopAt(2, 2);
    for await (const event of train({ ...all, network: moved, out: run, signal })) see(event);
    await rm(moved);
    await follow(resume({ run, skipReport: true, threads: 1 }));
    await expectSameRun(run, lab.path("runs", "all"));
  });

  it("begins again with the file's weights where it was killed before its first checkpoint", async () => {
    const run = lab.path("runs", "killed");
    await cp(lab.path("runs", "all"), run, { recursive: true });
    for (const name of ["last.safetensors", "best.safetensors", "metrics.jsonl"]) await rm(`${run}/${name}`);
    await follow(resume({ run, skipReport: true, threads: 1 }));
    await expectSameRun(run, lab.path("runs", "all"));
  });

  it("is evaluated, predicts, and is reported, compared and summarised", async () => {
    const run = lab.path("runs", "all");
    const { result } = await follow(evaluate({ run, threads: 1 }));
    const { best } = (await recordOf(run)) as { best: { valAccuracy: number } };
    expect(result.accuracy).toBeCloseTo(best.valAccuracy, 6);
    const { result: named } = await follow(predict({ run, photos: [`${data}/rose/0.jpg`], threads: 1 }));
    expect(named.predictions[0]!.predictions.map(({ label }) => label).sort()).toEqual([
      "daisy",
      "rose",
      "tulip",
    ]);
    const { result: page } = await follow(report({ run, threads: 1 }));
    expect(await readFile(page.file, "utf8")).toContain("petals, input 40×40");
    const { runs } = await compare({ runs: [run], out: lab.path("compare.html") });
    expect(runs[0]).toMatchObject({ network: "petals", recipe: "fine-tune" });
    const { rows, parameters } = await summariseRun({ run });
    expect(rows.at(-1)).toMatchObject({ id: "head", output: [3] });
    expect(parameters).toBe(runs[0]!.parameters);
  });
});

describe("few photos", () => {
  it("train a head alone, drawn by the seed, beside the same validation photos", async () => {
    const run = lab.path("runs", "few");
    const { events } = await follow(train({ ...all, recipe: undefined, perClass: 4, seed: 1, out: run }));
    expect(warningsOf(events).map(({ code }) => code)).toEqual(["preprocessing-guessed"]);
    const [few, whole] = [
      await readSplit(`${run}/split.json`),
      await readSplit(lab.path("runs/all/split.json")),
    ];
    expect(few.val).toEqual(whole.val);
    for (const label of [0, 1, 2]) expect(few.train.filter((photo) => photo.label === label)).toHaveLength(4);
    const record = await recordOf(run);
    expect(record).toMatchObject({
      recipe: "head",
      settings: { perClass: 4, trainable: "head" },
      plan: { trainable: ["head/kernel", "head/bias"] },
    });
    const best = await tensorsOf("few", "best.safetensors");
    for (const [name, values] of await tensorsOf("few", "initial.safetensors"))
      expect(best.get(name), name).toEqual(values);
    const slots = [...(await tensorsOf("few", "last.safetensors")).keys()].filter((name) =>
      name.startsWith("slots/"),
    );
    expect(slots).toEqual(["slots/momentum/head/kernel", "slots/momentum/head/bias"]);
    const { trainable } = await summariseRun({ run });
    expect(trainable).toBe(16 * 3 + 3);
    // Photos that were left out are not taken for new ones.
    const { events: resumed } = await follow(resume({ run, epochs: 4, skipReport: true, threads: 1 }));
    expect(warningsOf(resumed)).toEqual([]);
  });

  it("may let the last layers learn", async () => {
    const run = lab.path("runs", "last");
    await follow(train({ ...all, recipe: undefined, trainable: "last:2", epochs: 1, out: run }));
    expect(await recordOf(run)).toMatchObject({
      recipe: "fine-tune",
      plan: { trainable: ["dense1/kernel", "dense1/bias", "head/kernel", "head/bias"] },
    });
  });

  it("go on from a run that has trained the head", async () => {
    const run = lab.path("runs", "from");
    await follow(
      train({ ...all, epochs: 1, initFrom: lab.path("runs", "all"), learningRate: 1e-12, out: run }),
    );
    const [begun, from] = [
      await tensorsOf("from", "best.safetensors"),
      await tensorsOf("all", "best.safetensors"),
    ];
    for (const [name, values] of from)
      expect([...begun.get(name)!], name).toEqual([...values].map((value) => expect.closeTo(value, 6)));
  });
});

describe("bad input", () => {
  const refusal = async (options: Partial<TrainOptions>) => {
    try {
      for await (const event of train({ ...all, ...options, out: lab.path("runs", "bad") })) void event;
    } catch (error) {
      if (error instanceof FleuronError) return [error.code, error.message, error.hint ?? ""].join(" | ");
      throw error;
    }
    return "none";
  };
  const wide = { ...petals, input: { channels: 3, height: 40, width: 56 } };

  it.each<readonly [string, () => Promise<Partial<TrainOptions>>, RegExp]>([
    ["no file", async () => ({ network: lab.path("gone.onnx") }), /^file-unreadable .*gone\.onnx/],
    [
      "a file that was cut",
      async () => {
        const cut = await writeNetwork(lab.path("cut.onnx"));
        await truncate(cut, 5000);
        return { network: cut };
      },
      /^onnx-invalid .*cut\.onnx/,
    ],
    [
      "another file",
      async () => ({ network: "model.pt" }),
      /must be one of alexnet.*or a path that ends in \.onnx/,
    ],
    ["a head that is none", async () => ({ head: "nothing" }), /^network-head .*'nothing'.*Name the layer/],
    [
      "sides that differ",
      async () => ({ network: await writeNetwork(lab.path("wide.onnx"), wide) }),
      /^network-unsuitable .*wide\.onnx is 40 × 56 pixels/,
    ],
    ["photos that do not fill it", async () => ({ resize: "pad" }), /^network-unsuitable .*'pad'.*`resize`/],
    ["a width", async () => ({ width: 0.5 }), /^option-invalid .*`width` is for a network of the table/],
    ["one photo of a class", async () => ({ perClass: 1 }), /'perClass' must be an integer of at least 2/],
    ["a part of nothing", async () => ({ trainable: "last:0" }), /'trainable' must be all, head or last:N/],
    [
      "a part of a network of the table",
      async () => ({ network: "alexnet", trainable: "head" }),
      /`trainable` is for a `network` that is a file/,
    ],
    [
      "a recipe for files",
      async () => ({ network: "alexnet", recipe: "head" }),
      /'head' goes on with what a network has learnt.*model\.onnx/,
    ],
  ])("is refused in one message: %s", async (_, options, message) => {
    expect(await refusal(await options())).toMatch(message);
  });

  it("says that photos are enlarged", async () => {
    const small = await lab.photos("small", { perClass: 6, width: 40 });
    const { events } = await follow(
      train({ ...all, data: small, epochs: 1, out: lab.path("runs", "small") }),
    );
    expect(warningsOf(events).find(({ code }) => code === "photos-small")?.message).toBe(
      "12 of 12 photos are smaller than the network's input of 40 × 40 pixels, and are enlarged.",
    );
  });

  it("is nothing that a run keeps: another network of its name is refused", async () => {
    const run = lab.path("runs", "changed");
    await cp(lab.path("runs", "all"), run, { recursive: true });
    const before = await tensorBytes(run, "last");
    const text = await readFile(`${run}/network.json`, "utf8");
    await writeFile(`${run}/network.json`, text.replace("petals", "others"));
    await expect(follow(resume({ run, epochs: 9 }))).rejects.toMatchObject({ code: "run-network-invalid" });
    expect((await tensorBytes(run, "last")).equals(before)).toBe(true);
  });
});
