import { networkParameters, notebookPreprocessing, preprocess, randomStream } from "@fleuron/model";
import { drawFlower } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import type { Batch } from "../engine/engine.js";
import { recipes } from "../recipes/index.js";
import { batchSettingsOf, planOf, preprocessingOf } from "../recipes/resolve.js";
import { BatchMaker } from "./batch-maker.js";
import { type BatchSettings, stepsPerEpoch } from "./batch-settings.js";
import { balancedClassWeights } from "./class-weights.js";

const flowers = Array.from({ length: 11 }, (_, seed) =>
  drawFlower({ label: seed % 3, seed, width: 30, height: 24 }),
);
const labels = flowers.map((_, index) => index % 3);

const random = randomStream(1, "sample", 0, 0);

/** Reads take turns at random, as they do in worker threads. */
const photos = {
  labels,
  read: async (index: number) => {
    await new Promise((resolve) => setTimeout(resolve, random.uniform() * 2));
    return flowers[index]!;
  },
};

const settings: BatchSettings = {
  seed: 7,
  batchSize: 4,
  keepPartialBatch: true,
  classes: 3,
  labelSmoothing: 0.1,
  preprocessing: { ...notebookPreprocessing, size: 12 },
  augmentation: recipes.modern.augmentation,
  mixing: recipes.modern.mixing,
  dropoutMasks: [
    { name: "dropout1/mask", keepRate: 0.5, size: 40 },
    { name: "dropout2/mask", keepRate: 0.8, size: 40 },
  ],
};
const plain: BatchSettings = { ...settings, augmentation: { type: "none" }, mixing: null, labelSmoothing: 0 };

/** All steps of an epoch, asked for at once. */
async function epochOf(maker: BatchMaker, epoch: number, steps = 3): Promise<Batch[]> {
  return Promise.all(Array.from({ length: steps }, (_, step) => maker.training(epoch, step)));
}

describe("a training batch", () => {
  it("is the same in whatever order it is made", async () => {
    const [one, other] = [new BatchMaker(settings, photos), new BatchMaker(settings, photos)];
    const inOrder = [...(await epochOf(one, 0)), ...(await epochOf(one, 1))];
    const backwards = [];
    for (const epoch of [1, 0]) {
      for (const step of [2, 1, 0]) backwards.push(await other.training(epoch, step));
    }
    expect(backwards.reverse()).toEqual(inOrder);
    const interleaved = await Promise.all([
      one.training(1, 2),
      one.training(0, 1),
      one.training(1, 0),
      one.training(0, 0),
    ]);
    expect(interleaved).toEqual([inOrder[5], inOrder[1], inOrder[3], inOrder[0]]);
  });

  it("is another with another seed, in another epoch and in another step", async () => {
    const batch = await new BatchMaker(settings, photos).training(0, 0);
    const others = [
      await new BatchMaker({ ...settings, seed: 8 }, photos).training(0, 0),
      await new BatchMaker(settings, photos).training(1, 0),
      await new BatchMaker(settings, photos).training(0, 1),
    ];
    for (const other of others) {
      expect(other.images).not.toEqual(batch.images);
      expect(other.dropoutMasks).not.toEqual(batch.dropoutMasks);
    }
  });

  it("holds each photo once an epoch, in another order in the next, with what is left in the last", async () => {
    const maker = new BatchMaker(plain, photos);
    const wanted = flowers.map((flower) => preprocess(flower, plain.preprocessing).join());
    const length = 3 * 12 * 12;
    const orders = [];
    for (const epoch of [0, 1]) {
      const batches = await epochOf(maker, epoch);
      expect(batches.map(({ size }) => size)).toEqual([4, 4, 3]);
      const order = batches.flatMap(({ size, images, targets, normalizer, sampleWeights }) => {
        expect(normalizer).toBe(size);
        expect([...sampleWeights]).toEqual(new Array(size).fill(1));
        return Array.from({ length: size }, (_, at) => {
          const photo = wanted.indexOf(images.subarray(at * length, (at + 1) * length).join());
          expect(targets.subarray(at * 3, at * 3 + 3).indexOf(1)).toBe(labels[photo]);
          return photo;
        });
      });
      expect(order.toSorted((a, b) => a - b)).toEqual(flowers.map((_, index) => index));
      orders.push(order);
    }
    expect(orders[0]).not.toEqual(orders[1]);
  });

  it("spreads the smoothed share over all classes", async () => {
    const { targets } = await new BatchMaker({ ...plain, labelSmoothing: 0.3 }, photos).training(0, 0);
    for (let photo = 0; photo < 4; photo++) {
      const row = [...targets.subarray(photo * 3, photo * 3 + 3)].sort();
      expect(row).toEqual([0.1, 0.1, 0.8].map((value) => expect.closeTo(value, 6)));
    }
  });

  it("brings a mask for each dropout layer, with its keep rate", async () => {
    const maker = new BatchMaker(settings, photos);
    const masks = (await epochOf(maker, 0)).map(({ dropoutMasks }) => dropoutMasks);
    expect(masks.map((dropoutMasks) => dropoutMasks["dropout1/mask"]!.length)).toEqual([160, 160, 120]);
    for (const [name, kept] of [
      ["dropout1/mask", 2],
      ["dropout2/mask", 1.25],
    ] as const) {
      const values = masks.flatMap((dropoutMasks) => [...dropoutMasks[name]!]);
      expect(new Set(values)).toEqual(new Set([0, kept]));
      expect(Math.abs(values.reduce((a, b) => a + b) / values.length - 1)).toBeLessThan(0.15);
    }
  });
});

describe("class weights", () => {
  const classWeights = balancedClassWeights([0, 0, 0, 0, 0, 0, 1, 1, 2], 3);
  const sum = (values: Iterable<number>) => [...values].reduce((one, other) => one + other, 0);

  it("give each class the same share, and photos a mean weight of 1", () => {
    expect(classWeights).toEqual([0.5, 1.5, 3]);
    expect(balancedClassWeights([1, 1], 3)).toEqual([0, 1, 0]);
  });

  it("are those of the photos' classes, whatever is smoothed, and their sum divides the loss", async () => {
    const maker = new BatchMaker({ ...plain, labelSmoothing: 0.1, classWeights }, photos);
    const { targets, sampleWeights, normalizer } = await maker.training(0, 0);
    const shown = Array.from({ length: 4 }, (_, photo) => {
      const own = [...targets.subarray(3 * photo, 3 * photo + 3)];
      return own.indexOf(Math.max(...own));
    });
    for (const [photo, weight] of sampleWeights.entries())
      expect(weight).toBeCloseTo(classWeights[shown[photo]!]!, 5);
    expect(normalizer).toBeCloseTo(sum(sampleWeights), 4);
  });

  it("of mixed photos are mixed as they are, and parts have the normaliser of the whole batch", async () => {
    for (const epoch of [0, 1, 2, 3]) {
      const of = (more: Partial<BatchSettings>) =>
        new BatchMaker({ ...settings, classWeights, ...more }, photos).training(epoch, 0);
      const { sampleWeights, normalizer } = await of({});
      expect(sum(sampleWeights)).toBeCloseTo(normalizer, 4);
      const parts = [await of({ share: { rank: 0, count: 2 } }), await of({ share: { rank: 1, count: 2 } })];
      expect(parts.map((part) => part.normalizer)).toEqual([normalizer, normalizer]);
      const together = parts.flatMap((part) => [...part.sampleWeights]);
      expect(together).toEqual([...sampleWeights]);
    }
  });
});

describe("the parts of a batch", () => {
  const rows = (batches: readonly Batch[], of: (batch: Batch) => Float32Array) =>
    batches.flatMap((batch) => [...of(batch)]);

  it.each([2, 3, 4])("are together what the whole batch is: %i", async (count) => {
    const makers = Array.from({ length: count }, (_, rank) => {
      return new BatchMaker({ ...settings, share: { rank, count } }, photos);
    });
    // Mixed and not, and a last batch of three photos.
    for (const step of [0, 1, 2, 0]) {
      const whole = await new BatchMaker(settings, photos).training(step, step);
      const parts = await Promise.all(makers.map((maker) => maker.training(step, step)));
      expect(parts.map(({ normalizer }) => normalizer)).toEqual(new Array(count).fill(whole.size));
      expect(parts.map(({ place }) => place?.of)).toEqual(new Array(count).fill(whole.size));
      expect(parts.flatMap(({ sampleWeights }) => [...sampleWeights]).reduce((a, b) => a + b)).toBe(
        whole.size,
      );
      const counting = parts.filter(({ sampleWeights }) => sampleWeights[0] === 1);
      expect(rows(counting, ({ images }) => images)).toEqual([...whole.images]);
      expect(rows(counting, ({ targets }) => targets)).toEqual([...whole.targets]);
      for (const name of ["dropout1/mask", "dropout2/mask"])
        expect(rows(counting, ({ dropoutMasks }) => dropoutMasks[name]!)).toEqual([
          ...whole.dropoutMasks[name]!,
        ]);
    }
  });

  it("are no smaller than one photo, which counts for nothing where there are too few", async () => {
    const maker = new BatchMaker({ ...settings, share: { rank: 0, count: 4 } }, photos);
    const { size, sampleWeights, normalizer } = await maker.training(0, 2);
    expect({ size, weights: [...sampleWeights], normalizer }).toEqual({
      size: 1,
      weights: [0],
      normalizer: 3,
    });
  });
});

describe("random crops with colour noise", () => {
  const colours = {
    mean: [0.5, 0.5, 0.5],
    components: [{ variance: 0.2, direction: [0.6, 0, 0.8] }],
  } as const;
  const cropped: BatchSettings = {
    ...plain,
    preprocessing: { ...plain.preprocessing, resize: { fit: "cover", filter: "triangle", resizeTo: 14 } },
    augmentation: { type: "randomCrop", flip: true, colourNoise: 0 },
    colours,
  };
  const noisy: BatchSettings = {
    ...cropped,
    augmentation: { type: "randomCrop", flip: true, colourNoise: 0.1 },
  };

  it("shift each photo's channels as a whole, along the components, anew in each epoch", async () => {
    const shiftsOf = async (epoch: number) => {
      const [without, with_] = [
        await epochOf(new BatchMaker(cropped, photos), epoch, 1),
        await epochOf(new BatchMaker(noisy, photos), epoch, 1),
      ];
      const pixels = 12 * 12;
      return Array.from({ length: 4 * 3 }, (_, plane) => {
        const at = (batch: Batch) => batch.images.subarray(plane * pixels, (plane + 1) * pixels);
        const [before, after] = [at(without[0]!), at(with_[0]!)];
        const shift = after[0]! - before[0]!;
        after.forEach((value, index) => void expect(value - before[index]!).toBeCloseTo(shift, 6));
        return shift;
      });
    };
    const shifts = await shiftsOf(0);
    for (let photo = 0; photo < 4; photo++) {
      const [red, green, blue] = shifts.slice(photo * 3, photo * 3 + 3) as [number, number, number];
      expect(Math.abs(red)).toBeGreaterThan(0);
      expect(green).toBeCloseTo(0, 6);
      expect(blue / red).toBeCloseTo(0.8 / 0.6, 3);
    }
    expect(new Set(shifts.map((shift) => shift.toFixed(5))).size).toBeGreaterThan(6);
    expect(await shiftsOf(1)).not.toEqual(shifts);
  });
});

describe("stepsPerEpoch", () => {
  it("counts a partial batch when it is kept, and always makes one step", () => {
    const steps = (count: number, keepPartialBatch: boolean) =>
      stepsPerEpoch(count, { ...settings, batchSize: 4, keepPartialBatch });
    expect([8, 9, 3].map((count) => steps(count, true))).toEqual([2, 3, 1]);
    expect([8, 9, 3].map((count) => steps(count, false))).toEqual([2, 2, 1]);
  });
});

describe("the settings of a recipe", () => {
  it("have a mask for every dropout layer of the network, as wide as the layer", () => {
    const recipe = recipes.modern;
    const { network } = planOf(recipe, { classes: 5, network: "alexnet", imageSize: 67, width: 0.03 });
    const preprocessing = preprocessingOf(recipe, 67);
    const { dropoutMasks } = batchSettingsOf(recipe, { network, classes: 5, seed: 1, preprocessing });
    const biases = networkParameters(network).filter(({ name }) => /^dense[12]\/bias$/.test(name));
    expect(dropoutMasks.map(({ size }) => size)).toEqual(biases.map(({ shape }) => shape[0]));
    expect(dropoutMasks.map(({ keepRate }) => keepRate)).toEqual([0.5, 0.5]);
    expect(new Set(dropoutMasks.map(({ name }) => name)).size).toBe(2);
  });
});
