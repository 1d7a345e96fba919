import { type Batch, softmax, type TrainingData, type TrainingEngine } from "@fleuron/training";

export interface Teaching {
  readonly teacher: Pick<TrainingEngine, "predict">;
  /** Epochs whose batches differ; those after them come back, and the teacher need not see them again. */
  readonly views: number;
  /** How many bytes of targets may be kept; of batches beyond them the teacher is asked each time. */
  readonly mostBytes: number;
}

/** What of a target is the photo's own label. A teacher that stopped early is wrong of photos it has seen; its probabilities say what else they resemble. */
const LABEL = 0.5;

/**
 * The same batches, whose targets are half their own and half the probabilities that a teacher gives the augmented photos (Hinton et
 * al. 2015, of which section 3 takes both). The photos come in `views` versions, one an epoch, over and over.
 */
export function taughtData(data: TrainingData, { teacher, views, mostBytes }: Teaching): TrainingData {
  const taught = new Map<string, Batch["targets"]>();
  let bytes = 0;
  return {
    stepsPerEpoch: data.stepsPerEpoch,
    valCount: data.valCount,
    validation: () => data.validation(),
    async *training(epoch, firstStep) {
      const view = epoch % views;
      let step = firstStep;
      for await (const batch of data.training(view, firstStep)) {
        const key = `${view}/${step++}`;
        const known = taught.get(key);
        const targets = known ?? (await targetsOf(teacher, batch));
        if (known === undefined && bytes + targets.byteLength <= mostBytes) {
          taught.set(key, targets);
          bytes += targets.byteLength;
        }
        yield { ...batch, targets };
      }
    },
  };
}

async function targetsOf(teacher: Teaching["teacher"], batch: Batch): Promise<Batch["targets"]> {
  const { data, classes } = await teacher.predict(batch);
  const targets = batch.targets.map((label) => LABEL * label);
  for (let at = 0; at < data.length; at += classes) {
    const probabilities = softmax(data.subarray(at, at + classes));
    for (const [index, probability] of probabilities.entries())
      targets[at + index]! += (1 - LABEL) * probability;
  }
  return targets;
}
