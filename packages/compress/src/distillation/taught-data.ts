import { type Batch, softmax, type TrainingData, type TrainingEngine } from "@fleuron/training";

export interface Teaching {
  readonly teacher: Pick<TrainingEngine, "predict">;
  /** Epochs whose batches differ; those after them come back, and the teacher need not see them again. */
  readonly views: number;
}

/**
 * The same batches, whose targets are the probabilities that a teacher gives the augmented photos (Hinton et al. 2015). The
 * photos come in `views` versions, one an epoch, over and over.
 */
export function taughtData(data: TrainingData, { teacher, views }: Teaching): TrainingData {
  const taught = new Map<string, Batch["targets"]>();
  return {
    stepsPerEpoch: data.stepsPerEpoch,
    valCount: data.valCount,
    validation: () => data.validation(),
    async *training(epoch, firstStep) {
      const view = epoch % views;
      let step = firstStep;
      for await (const batch of data.training(view, firstStep)) {
        const key = `${view}/${step++}`;
        const targets = taught.get(key) ?? (await probabilitiesOf(teacher, batch));
        taught.set(key, targets);
        yield { ...batch, targets };
      }
    },
  };
}

async function probabilitiesOf(teacher: Teaching["teacher"], batch: Batch): Promise<Batch["targets"]> {
  const { data, classes } = await teacher.predict(batch);
  const probabilities = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += classes)
    probabilities.set(softmax(data.subarray(at, at + classes)), at);
  return probabilities;
}
