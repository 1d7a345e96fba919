import type { RunSettings } from "@fleuron/training";

/** A network that has learnt goes on more gently than it began. */
const RATE = 0.5;
const WARM_UP_EPOCHS = 0.5;

/**
 * How a cut network learns what its teacher knows: as the run's recipe says, without what holds a large network back, and at rest at
 * the end, so that its last weights are taken whatever the validation photos say.
 */
export function fineTuningSettings(settings: RunSettings, epochs: number): RunSettings {
  const { initFrom: _, timeBudget: __, patience: ___, network, schedule, ...rest } = settings;
  return {
    ...rest,
    epochs,
    network: { ...network, dropout: 0 },
    schedule: {
      type: "warmupCosine",
      learningRate: schedule.learningRate * RATE,
      warmupEpochs: WARM_UP_EPOCHS,
    },
    labelSmoothing: 0,
    mixing: null,
  };
}
