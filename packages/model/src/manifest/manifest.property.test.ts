import fc from "fast-check";
import { expect, it } from "vitest";
import { FleuronError } from "../errors.js";
import { cutText, mutatedJson } from "../fixtures/index.js";
import {
  bundleFormats,
  bundlePrecisions,
  CHUNK_BYTES,
  encodeManifest,
  type Manifest,
  parseManifest,
} from "./index.js";

const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value + 0);
const rgb = (min: number, max: number) => fc.tuple(finite(min, max), finite(min, max), finite(min, max));
const level = fc.integer({ min: 0, max: 255 });
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const text = fc.string({ minLength: 1 });
const filter = fc.constantFrom("nearest" as const, "triangle" as const);
const segment = fc.stringMatching(/^[\w-][\w.-]{0,9}$/);

const preprocessing = fc.integer({ min: 1, max: 2000 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    resize: fc.oneof(
      fc.record({ fit: fc.constant("squash" as const), filter }),
      fc.record({
        fit: fc.constant("cover" as const),
        filter,
        resizeTo: fc.integer({ min: size, max: 16384 }),
      }),
    ),
    exifOrientation: fc.constant(true as const),
    background: fc.tuple(level, level, level),
    colourSpace: fc.constant("srgb" as const),
    channelOrder: fc.constant("rgb" as const),
    scale: finite(1e-3, 1),
    mean: rgb(-1e3, 1e3),
    std: rgb(1e-6, 1e6),
  }),
);

const file = (folder: string, name: string) =>
  fc.integer({ min: 1, max: 3 * CHUNK_BYTES }).chain((bytes) => {
    const length = Math.ceil(bytes / CHUNK_BYTES);
    return fc
      .array(hash, { minLength: length, maxLength: length })
      .map((chunks) => ({ path: `${folder}/${name}`, bytes, chunks }));
  });

const models = (size: number) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...bundleFormats), fc.constantFrom(...bundlePrecisions)), {
      minLength: 1,
      maxLength: 4,
      selector: (kind) => kind.join("-"),
    })
    .chain((kinds) =>
      fc.tuple(
        ...kinds.map(([format, precision]) =>
          fc.record({
            format: fc.constant(format),
            precision: fc.constant(precision),
            input: text.map((name) =>
              format === "onnx"
                ? {
                    name,
                    layout: "NCHW" as const,
                    shape: ["batch" as const, 3, size, size] as ["batch", number, number, number],
                  }
                : {
                    name,
                    layout: "NHWC" as const,
                    shape: ["batch" as const, size, size, 3] as ["batch", number, number, number],
                  },
            ),
            output: fc.record({ name: text }),
            files: fc
              .uniqueArray(segment, { minLength: 1, maxLength: 3 })
              .chain((names) => fc.tuple(...names.map((name) => file(`${format}-${precision}`, name)))),
          }),
        ),
      ),
    );

const training = fc.record({
  run: fc.string(),
  checkpoint: fc.constantFrom("best" as const, "last" as const),
  weights: hash,
  network: fc.record({ name: fc.string(), parameters: fc.nat() }),
  recipe: fc.string(),
  epochs: fc.nat(),
  dataset: fc.record({
    name: fc.constantFrom("folder" as const, "flowers" as const, "procedural" as const),
    trainCount: fc.nat(),
    valCount: fc.nat(),
  }),
  valAccuracy: fc.option(finite(0, 1)),
  trained: fc
    .date({ min: new Date("1970-01-01"), max: new Date("2999-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString()),
});

const manifests: fc.Arbitrary<Manifest> = preprocessing.chain((specification) =>
  fc.record({
    formatVersion: fc.constant(1 as const),
    labels: fc.uniqueArray(text, { minLength: 2 }),
    preprocessing: fc.constant(specification),
    output: fc.record({ kind: fc.constant("probabilities" as const), temperature: finite(1e-3, 1e3) }),
    models: models(specification.size),
    training,
  }),
);

it("reads back each manifest that it wrote", () => {
  fc.assert(
    fc.property(manifests, (manifest) => {
      expect(parseManifest(encodeManifest(manifest), "b/fleuron.json")).toEqual(manifest);
    }),
  );
});

/** Reads the text, or refuses it with its name. */
function readOrRefused(json: string): void {
  try {
    parseManifest(json, "b/fleuron.json");
  } catch (error) {
    expect(error).toBeInstanceOf(FleuronError);
    expect(error).toMatchObject({ kind: "data", subject: "b/fleuron.json" });
    expect((error as FleuronError).message).toMatch(/^b\/fleuron\.json is not a bundle's manifest: .+\.$/s);
  }
}

it("reads another value at any place, or refuses it as data with the file's name", () => {
  const mutated = manifests.chain((manifest) => mutatedJson(manifest));
  fc.assert(
    fc.property(mutated, (value) => readOrRefused(JSON.stringify(value) ?? "")),
    { numRuns: 500 },
  );
});

it("refuses a text that was cut as data with the file's name", () => {
  fc.assert(
    fc.property(
      manifests.chain((manifest) => cutText(encodeManifest(manifest))),
      readOrRefused,
    ),
  );
});
