import { alexnet, END_OF_SCHEDULE, FleuronError, LOWEST_LOSS, notebookPreprocessing } from "@fleuron/model";
import { cutText, mutatedJson } from "@fleuron/model/fixtures";
import { type Optimiser, type RunSettings, recipeNames, recipes, type Schedule } from "@fleuron/training";
import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeRunRecord, encodeRunRecord, type RunRecord } from "./run-record.js";
import { runSettingsOf } from "./run-settings.js";

const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value + 0);
const share = finite(0, 0.999);
const positive = finite(1e-9, 1e3);
const count = fc.nat();
const time = fc
  .date({ min: new Date("1970-01-01"), max: new Date("2999-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString());
const rgb = fc.tuple(finite(-10, 10), finite(-10, 10), finite(-10, 10));
const range = fc.tuple(positive, positive);
const constant = <const Value>(value: Value) => fc.constant(value);

const optimiser: fc.Arbitrary<Optimiser> = fc.oneof(
  fc.record({
    type: constant("sgd"),
    momentum: share,
    nesterov: fc.boolean(),
    weightDecay: positive,
    clipNorm: fc.option(positive),
  }),
  fc.record({
    type: constant("adamw"),
    beta1: share,
    beta2: share,
    epsilon: positive,
    weightDecay: positive,
    clipNorm: fc.option(positive),
  }),
);

const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  fc.record({ type: constant("inverseTime"), learningRate: positive, decay: positive }),
  fc.record({ type: constant("warmupCosine"), learningRate: positive, warmupEpochs: positive }),
  fc.record({
    type: constant("plateau"),
    learningRate: positive,
    factor: finite(1e-3, 0.9),
    patience: fc.integer({ min: 1 }),
    minimum: positive,
  }),
);

const initialiser = fc.oneof(
  fc.record({ type: constant("glorotUniform") }),
  fc.record({ type: constant("heNormal") }),
  fc.record({ type: constant("cosines") }),
  fc.record({ type: constant("normal"), standardDeviation: positive }),
  fc.record({ type: constant("constant"), value: finite(-1, 1) }),
);

const augmentation: fc.Arbitrary<RunSettings["augmentation"]> = fc.oneof(
  fc.record({ type: constant("none") }),
  fc.record({ type: constant("randomCrop"), flip: fc.boolean(), colourNoise: positive }),
  fc.record({
    type: constant("randomResizedCrop"),
    area: range,
    aspectRatio: range,
    flip: fc.boolean(),
    brightness: positive,
    contrast: positive,
    saturation: positive,
  }),
);

/** A recipe with any of its settings changed, and what else a run may be given. */
const settings: fc.Arbitrary<RunSettings> = fc
  .tuple(
    fc.constantFrom(...recipeNames).map((name) => recipes[name]),
    fc.record(
      {
        epochs: fc.integer({ min: 1 }),
        batchSize: fc.integer({ min: 1 }),
        keepPartialBatch: fc.boolean(),
        network: fc.record({ dropout: share, batchNormMomentum: share }),
        initialisation: fc.record(
          {
            conv2dKernel: initialiser,
            denseKernel: initialiser,
            bias: initialiser,
            overrides: fc.dictionary(fc.stringMatching(/^[a-z]+[0-9]\/(kernel|bias)$/), initialiser),
          },
          { requiredKeys: ["conv2dKernel", "denseKernel", "bias"] },
        ),
        optimiser,
        schedule,
        labelSmoothing: share,
        augmentation,
        mixing: fc.option(fc.record({ probability: share, cutMixAlpha: positive, mixupAlpha: positive })),
        test: fc.constantFrom("none", "flip", "ten-crop"),
        colours: fc.record({
          mean: rgb,
          components: fc.array(fc.record({ variance: finite(0, 1), direction: rgb })),
        }),
        patience: fc.integer({ min: 1 }),
        timeBudget: positive,
        initFrom: fc.string(),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([recipe, changes]) => ({ ...recipe, ...changes }));

/** valibot leaves out names that every object has, such as `prototype`. */
const library = fc.stringMatching(/^[a-z]{1,5}-[a-z]{1,5}$/);

const engine = fc.record(
  {
    engine: fc.string(),
    precision: fc.string(),
    threads: count,
    versions: fc.dictionary(library, fc.string()),
    deterministic: fc.boolean(),
  },
  { requiredKeys: ["engine", "precision", "threads", "versions"] },
);

const required = [
  ...(["formatVersion", "status", "created", "finished", "recipe", "settings", "plan"] as const),
  ...(["preprocessing", "labels", "dataset", "seeds", "engine", "machine", "versions", "epochs"] as const),
  ...(["best", "final"] as const),
];

const records: fc.Arbitrary<RunRecord> = fc
  .uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 4 })
  .chain((labels) =>
    fc.record(
      {
        formatVersion: constant(1),
        status: fc.constantFrom("running", "completed", "stopped", "failed"),
        created: time,
        finished: fc.option(time),
        recipe: fc.string(),
        settings: settings.map((chosen) => ({ ...chosen })),
        plan: fc.record({
          network: fc.constant(alexnet({ classes: labels.length, width: 0.1 })),
          optimiser,
          precision: fc.constantFrom("float32", "bfloat16"),
          batchSize: fc.integer({ min: 1 }),
        }),
        preprocessing: fc.constant(notebookPreprocessing),
        labels: fc.constant(labels),
        dataset: fc.record(
          {
            name: fc.constantFrom("folder", "flowers", "procedural"),
            path: fc.string(),
            linearAccuracy: share,
            contentHash: fc.string(),
            photos: count,
            unreadable: count,
            unused: count,
            testCount: count,
            learntBefore: count,
            perClass: fc.tuple(...labels.map((label) => count.map((many) => ({ label, count: many })))),
            trainCount: count,
            valCount: count,
          },
          {
            requiredKeys: [
              ...(["path", "contentHash", "photos", "unreadable", "perClass", "trainCount"] as const),
              "valCount",
            ],
          },
        ),
        seeds: fc.record({ seed: count, splitSeed: count }),
        engine,
        machine: fc.record({ cpu: fc.string(), cores: count, memory: count, os: fc.string() }),
        versions: fc.record({ fleuron: fc.string(), node: fc.string() }),
        epochs: count,
        best: fc.option(
          fc.record(
            {
              epoch: fc.integer({ min: 1 }),
              valLoss: positive,
              valAccuracy: share,
              why: fc.constantFrom(END_OF_SCHEDULE, LOWEST_LOSS),
            },
            { requiredKeys: ["epoch", "valLoss", "valAccuracy"] },
          ),
        ),
        final: fc.option(
          fc.record({
            epoch: fc.integer({ min: 1 }),
            loss: positive,
            accuracy: share,
            valLoss: positive,
            valAccuracy: share,
            learningRate: positive,
            seconds: positive,
            imagesPerSecond: positive,
            dataWait: share,
          }),
        ),
        wish: fc.record({ engine: fc.string(), precision: fc.constantFrom("float32", "bfloat16") }),
        lives: fc.array(fc.record({ began: time, epoch: count, step: count, engine })),
      },
      { requiredKeys: required },
    ),
  );

it("reads back each record that it wrote, and its settings", () => {
  fc.assert(
    fc.property(records, (record) => {
      const read = decodeRunRecord(encodeRunRecord(record, "r/run.json"), "r/run.json");
      expect(read).toEqual(record);
      expect(runSettingsOf(read)).toEqual(record.settings);
    }),
  );
});

/** Reads the text and the settings in it, or refuses them as data with the file's name. */
function readOrRefused(json: string): void {
  try {
    runSettingsOf(decodeRunRecord(json, "r/run.json"));
  } catch (error) {
    expect(error).toBeInstanceOf(FleuronError);
    expect(error).toMatchObject({ kind: "data", subject: expect.stringMatching(/^(r\/)?run\.json$/) });
    expect((error as FleuronError).message).toMatch(/^(r\/)?run\.json (is damaged: .+|has format .+)\.$/s);
  }
}

it("reads another value at any place, or refuses it as data with the file's name", () => {
  const mutated = records.chain((record) => mutatedJson(record));
  fc.assert(
    fc.property(mutated, (value) => readOrRefused(JSON.stringify(value) ?? "")),
    { numRuns: 500 },
  );
});

it("refuses a text that was cut as data with the file's name", () => {
  const cut = records.chain((record) => cutText(encodeRunRecord(record, "r/run.json")));
  fc.assert(fc.property(cut, readOrRefused));
});
