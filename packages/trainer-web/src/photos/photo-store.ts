// The photos of a run as its steps read them: decoded once, kept as they are cropped from.
import {
  notebookPreprocessing,
  type ProgressEvent,
  parseJson,
  progress,
  type RgbImage,
  throttle,
  type WarningEvent,
} from "@fleuron/model";
import { decodePhoto } from "@fleuron/runtime-web/worker";
import type { Resizing } from "@fleuron/training";
import {
  cropStorageFor,
  type PixelStorage,
  splitPlaceKey,
  storageFor,
  toStoredForm,
  validatingContents,
} from "@fleuron/training/data";
import * as v from "valibot";
import { sha256 } from "../sha256.js";
import { damaged } from "../storage/checkpoints.js";
import { type RunStorage, replaceText } from "../storage/run-storage.js";
import { type LabelledPhoto, nameOf } from "./labelled-photo.js";
import { isOfPhoto, requireReadable, skipped, type UnreadablePhoto } from "./unreadable.js";

const PIXELS = "photos.bin";
const INDEX = "photos.json";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Where an image lies among the pixels. */
const placeSchema = v.strictObject({ at: count, width: count, height: count });
const indexSchema = v.array(
  v.strictObject({
    name: v.string(),
    label: count,
    contentHash: v.string(),
    validates: v.boolean(),
    /** As it is learnt from, and as it is evaluated. */
    pixels: placeSchema,
    crops: placeSchema,
  }),
);

export type StoredPhoto = v.InferOutput<typeof indexSchema>[number];
type Place = StoredPhoto["pixels"];

export interface PhotoStore {
  readonly photos: readonly StoredPhoto[];
  read(place: Place): Promise<RgbImage>;
}

export interface StorePhotosOptions {
  readonly labels: readonly string[];
  readonly resizing: Resizing;
  readonly validationSplit: number;
  readonly splitSeed: number;
  readonly signal: AbortSignal;
  readonly tell: (event: ProgressEvent | WarningEvent) => void;
}

const randomised: WarningEvent = {
  type: "warning",
  code: "canvas-randomised",
  message:
    "This browser changes the pixels that pages read, against fingerprinting: the network learns from changed ones.",
};

/** Photos are in the page: nothing is downloaded. */
const decoding = {
  background: notebookPreprocessing.background,
  stallTimeout: 0,
};

/**
 * Decodes photos into a run's storage, and divides them as Node does. Those that cannot be read are left out, and a warning
 * names them.
 * @throws FleuronError "too-many-unreadable-photos", "class-empty".
 */
export async function storePhotos(
  storage: RunStorage,
  given: readonly LabelledPhoto[],
  options: StorePhotosOptions,
): Promise<PhotoStore & { readonly unreadable: number }> {
  const { labels, signal, tell } = options;
  let photos: Omit<StoredPhoto, "validates">[] = [];
  let unreadable: UnreadablePhoto[] = [];
  let isRandomised = false;
  const onRandomisedCanvas = () => {
    isRandomised = true;
  };
  await storage.replace(PIXELS, async (put) => {
    photos = [];
    unreadable = [];
    let end = 0;
    const keep = async (image: RgbImage, form: PixelStorage): Promise<Place> => {
      const { data, width, height } = toStoredForm(image, form);
      const at = end;
      await put(Uint8Array.from(data), at);
      end += data.length;
      return { at, width, height };
    };
    const isDue = throttle(given.length);
    for (const [index, photo] of given.entries()) {
      signal.throwIfAborted();
      const name = nameOf(photo, index);
      try {
        const file = new File([photo.photo], name);
        const image = await decodePhoto(file, { ...decoding, signal, onRandomisedCanvas });
        photos.push({
          name,
          label: labels.indexOf(photo.label),
          contentHash: await contentHashOf(image),
          pixels: await keep(image, storageFor(options.resizing)),
          crops: await keep(image, cropStorageFor(options.resizing)),
        });
      } catch (error) {
        if (!isOfPhoto(error)) throw error;
        unreadable.push({ name, message: error.message });
      }
      if (isDue(index + 1)) tell(progress("reading photos", index + 1, given.length, "photos"));
    }
    requireReadable(photos, unreadable, labels);
  });
  if (unreadable.length > 0) tell(skipped(unreadable));
  if (isRandomised) tell(randomised);
  const validating = await validatingHashes(photos, options);
  const divided = photos.map((photo) => ({ ...photo, validates: validating.has(photo.contentHash) }));
  await replaceText(storage, INDEX, JSON.stringify(divided));
  return { ...(await openPhotos(storage)), unreadable: unreadable.length };
}

/** @throws FleuronError "run-damaged". */
export async function openPhotos(storage: RunStorage): Promise<PhotoStore> {
  const [index, pixels] = [await storage.read(INDEX), await storage.read(PIXELS)];
  if (index === undefined || pixels === undefined) throw damaged("its photos are gone");
  const parsed = parseJson(indexSchema, await index.text());
  if (!("value" in parsed)) throw damaged(`${INDEX}: ${parsed.problem}`);
  return {
    photos: parsed.value,
    async read({ at, width, height }) {
      const bytes = await pixels.slice(at, at + width * height * 3).arrayBuffer();
      return { width, height, data: new Uint8Array(bytes) };
    },
  };
}

async function validatingHashes(
  photos: readonly Pick<StoredPhoto, "label" | "contentHash">[],
  { validationSplit, splitSeed }: StorePhotosOptions,
): Promise<ReadonlySet<string>> {
  const places = new Map<string, number>();
  for (const { contentHash } of photos) {
    const hash = await sha256(new TextEncoder().encode(splitPlaceKey(contentHash, splitSeed)));
    places.set(contentHash, Number.parseInt(hash.slice(0, 12), 16) / 2 ** 48);
  }
  return validatingContents(photos, places, validationSplit);
}

/** As Node has it: width and height as 32-bit little-endian numbers, then the RGB bytes. */
async function contentHashOf({ width, height, data }: RgbImage): Promise<string> {
  const bytes = new Uint8Array(8 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width, true);
  view.setUint32(4, height, true);
  bytes.set(data, 8);
  return sha256(bytes);
}
