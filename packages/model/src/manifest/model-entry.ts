/** One model of a bundle: a format at a storage precision, its input and output, and the files that it lies in. */
import * as v from "valibot";
import { sideSchema } from "../preprocessing/index.js";
import { bundleFormats, bundlePrecisions } from "./kinds.js";
import { sampleSchema } from "./sample.js";
import { sha256 } from "./sha256.js";
import { shareSchema } from "./share.js";

/** Bytes that one SHA-256 covers: browsers can only hash what they hold in memory. */
export const CHUNK_BYTES = 4 * 2 ** 20;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const name = v.pipe(v.string(), v.minLength(1));

/** Relative, with forward slashes, and never above the bundle. */
const relativePath = v.pipe(
  v.string(),
  v.regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/, "a relative path into the bundle"),
);

const storedEntries = {
  /** Relative to the manifest. */
  path: relativePath,
  bytes: count,
  /** SHA-256 in hexadecimal of each {@link CHUNK_BYTES}, the last one shorter. */
  chunks: v.pipe(v.array(sha256), v.readonly()),
} as const;

interface Hashed {
  readonly bytes: number;
  readonly chunks: readonly string[];
}

const hasAllChunks = ({ bytes, chunks }: Hashed): boolean => chunks.length === Math.ceil(bytes / CHUNK_BYTES);
const LACKS_CHUNKS = "a file needs one SHA-256 for each 4 MiB";

/** What HTTP calls the codings in which a file may be sent, the smallest first, and how the names of files in them end. */
export const contentCodings = { br: ".br", gzip: ".gz" } as const;

export type ContentCoding = keyof typeof contentCodings;

const compressedSchema = v.pipe(
  v.strictObject({
    coding: v.picklist(["br", "gzip"] satisfies readonly ContentCoding[]),
    ...storedEntries,
  }),
  v.check((file) => hasAllChunks(file), LACKS_CHUNKS),
);

const fileSchema = v.pipe(
  v.strictObject({
    ...storedEntries,
    /** The same file compressed, each in a file beside it, for servers. */
    compressed: v.exactOptional(v.pipe(v.array(compressedSchema), v.readonly())),
  }),
  v.check((file) => hasAllChunks(file), LACKS_CHUNKS),
);

const inputSchema = v.variant("layout", [
  /** [batch, channels, height, width]. */
  v.strictObject({
    name,
    layout: v.literal("NCHW"),
    shape: v.strictTuple([v.literal("batch"), sideSchema, sideSchema, sideSchema]),
  }),
  /** [batch, height, width, channels]. */
  v.strictObject({
    name,
    layout: v.literal("NHWC"),
    shape: v.strictTuple([v.literal("batch"), sideSchema, sideSchema, sideSchema]),
    /** Levels from 0 to 255 in red, green, blue, which the model normalises itself. Default: float32, normalised. */
    type: v.exactOptional(v.literal("uint8")),
  }),
]);

type Input = v.InferOutput<typeof inputSchema>;

/** What a model's input holds: the normalised image, or levels from 0 to 255. */
export const inputType = ({ input }: { readonly input: Input }): "float32" | "uint8" =>
  (input.layout === "NHWC" && input.type) || "float32";

export const modelSchema = v.pipe(
  v.strictObject({
    format: v.picklist(bundleFormats),
    precision: v.picklist(bundlePrecisions),
    input: inputSchema,
    /** Probabilities [batch, labels]. */
    output: v.strictObject({ name }),
    /** The first one is opened; it names the others, relative to itself. */
    files: v.pipe(v.array(fileSchema), v.minLength(1), v.readonly()),
    /** What it gives for a picture that every reader can draw. */
    sample: v.exactOptional(sampleSchema),
    /** The accuracy of these weights, as the file stores them, on the run's validation photos; absent where it was not measured. */
    valAccuracy: v.exactOptional(shareSchema),
  }),
  v.check(
    (model) => (model.format === "onnx") === (model.input.layout === "NCHW" || inputType(model) === "uint8"),
    "the layout of 'onnx' is NCHW, or NHWC of uint8, that of 'tfjs-graph' NHWC of float32",
  ),
  v.check(({ files: [main, ...others] }) => {
    const folder = folderOf(main!);
    return others.every(({ path }) => path.startsWith(folder));
  }, "a model's files must lie in the folder of the first one"),
  v.readonly(),
);

export type BundleModel = v.InferOutput<typeof modelSchema>;
export type BundleFile = v.InferOutput<typeof fileSchema>;
export type CompressedFile = v.InferOutput<typeof compressedSchema>;

/** The folder of a file in its bundle, with a slash at the end; "" at the top. */
export const folderOf = ({ path }: Pick<BundleFile, "path">): string => path.replace(/[^/]*$/, "");

/** The files of a model, each before its compressed forms. */
export const allFilesOf = ({
  files,
}: Pick<BundleModel, "files">): readonly Omit<BundleFile, "compressed">[] =>
  files.flatMap((file) => [file, ...(file.compressed ?? [])]);

/** The bytes of a model where a server sends each of its files in the smallest form that there is. */
export const wireBytes = ({ files }: Pick<BundleModel, "files">): number =>
  files.reduce(
    (total, { bytes, compressed = [] }) => total + Math.min(bytes, ...compressed.map((form) => form.bytes)),
    0,
  );

/** The bytes of all files of a model. */
export const modelBytes = ({ files }: BundleModel): number =>
  files.reduce((total, { bytes }) => total + bytes, 0);
