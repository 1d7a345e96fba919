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

const decoding = {
  exifOrientation: fc.constant(true as const),
  background: fc.tuple(level, level, level),
  colourSpace: fc.constant("srgb" as const),
  scale: finite(1e-3, 1),
  mean: rgb(-1e3, 1e3),
  std: rgb(1e-6, 1e6),
};
const squash = fc.constant("squash" as const);
const cover = fc.constant("cover" as const);
const side = fc.integer({ min: 1, max: 2000 });

/** What a manifest of version 1 can say. */
const square = side.chain((size) =>
  fc.record({
    size: fc.constant(size),
    resize: fc.oneof(
      fc.record({ fit: squash, filter }),
      fc.record({ fit: cover, filter, resizeTo: fc.integer({ min: size, max: 16384 }) }),
    ),
    channelOrder: fc.constant("rgb" as const),
    ...decoding,
  }),
);

const ofAnySides = fc.tuple(side, side).chain(([height, width]) => {
  const resizeTo = fc.integer({ min: Math.max(height, width), max: 16384 });
  return fc.record({
    size: fc.constant<[number, number]>([height, width]),
    resize: fc.oneof(
      fc.record({ fit: squash, filter, resizeTo }, { requiredKeys: ["fit", "filter"] }),
      fc.record({ fit: cover, filter, resizeTo }),
      fc.record({
        fit: fc.constant("pad" as const),
        filter,
        position: fc.constantFrom("centre" as const, "top-left" as const),
        padding: rgb(0, 255),
      }),
    ),
    channelOrder: fc.constantFrom("rgb" as const, "bgr" as const),
    ...decoding,
  });
});

const stored = (path: string) =>
  fc.integer({ min: 1, max: 3 * CHUNK_BYTES }).chain((bytes) => {
    const length = Math.ceil(bytes / CHUNK_BYTES);
    return fc
      .array(hash, { minLength: length, maxLength: length })
      .map((chunks) => ({ path, bytes, chunks }));
  });

const compressed = (path: string) =>
  fc
    .tuple(fc.constantFrom("br" as const, "gzip" as const), stored(path))
    .map(([coding, file]) => [{ coding, ...file }]);

const file = (folder: string, name: string) =>
  fc
    .tuple(stored(`${folder}/${name}`), fc.option(compressed(`${folder}/${name}.packed`), { nil: undefined }))
    .map(([whole, forms]) => ({ ...whole, ...(forms && { compressed: forms }) }));

const models = (height: number, width: number) =>
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
                    shape: ["batch" as const, 3, height, width] as ["batch", number, number, number],
                  }
                : {
                    name,
                    layout: "NHWC" as const,
                    shape: ["batch" as const, height, width, 3] as ["batch", number, number, number],
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

const source = fc.record({ file: text, sha256: hash, weights: hash });

const output = fc.record(
  {
    kind: fc.constant("probabilities" as const),
    temperature: finite(1e-3, 1e3),
    rejectBelow: finite(1e-3, 0.999),
  },
  { requiredKeys: ["kind", "temperature"] },
);

const common = {
  labels: fc.uniqueArray(text, { minLength: 2 }),
  output,
};

const trained: fc.Arbitrary<Manifest> = square.chain((preprocessing) =>
  fc.record({
    formatVersion: fc.constant(3 as const),
    ...common,
    preprocessing: fc.constant(preprocessing),
    models: models(preprocessing.size, preprocessing.size),
    training,
  }),
);

const imported: fc.Arbitrary<Manifest> = ofAnySides.chain((preprocessing) =>
  fc.record({
    formatVersion: fc.constant(3 as const),
    ...common,
    preprocessing: fc.constant(preprocessing),
    models: models(...preprocessing.size),
    source,
  }),
);

const manifests = fc.oneof(trained, imported);

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
