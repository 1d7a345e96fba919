// A temporary folder for everything that is tried, with what several kinds of faults begin with.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawPhotos } from "./data-sets.js";
import type { EngineName } from "./engines.js";
import { fleuron, requireSuccess } from "./fleuron.js";
import { everything, type Reference, small } from "./reference.js";

export interface Lab extends AsyncDisposable {
  readonly folder: string;
  /** A new, empty folder. */
  place(): Promise<string>;
  /** Photos of two classes. */
  photos(): Promise<string>;
  /** A run that was never stopped, and its bundle; made when it is first asked for. */
  reference(engine: EngineName): Promise<Reference>;
}

export async function openLab(): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), "fleuron-faults-"));
  const photos = once(() => drawPhotos(join(folder, "photos"), { daisy: 16, rose: 16 }));
  const references = new Map<EngineName, Promise<Reference>>();
  let places = 0;
  const lab: Lab = {
    folder,
    photos,
    async place() {
      const place = join(folder, String(++places));
      await mkdir(place);
      return place;
    },
    reference(engine) {
      const made = references.get(engine) ?? makeReference(lab, engine);
      references.set(engine, made);
      return made;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
  return lab;
}

async function makeReference(lab: Lab, engine: EngineName): Promise<Reference> {
  const place = await lab.place();
  const [run, bundle] = [join(place, "run"), join(place, "bundle")];
  const began = performance.now();
  const training = requireSuccess(
    await fleuron(["train", ...small(await lab.photos(), engine), "--out", run], lab),
  );
  const trained = performance.now();
  requireSuccess(await fleuron(["export", "--run", run, "--out", bundle, ...everything], lab));
  return {
    run,
    bundle,
    lines: training.lines.length,
    trainingMs: trained - began,
    exportMs: performance.now() - trained,
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
