/** What a classifier said of one photo. */
export interface Answer {
  /** The probability of the class that it named. */
  readonly confidence: number;
  /** Whether that is the photo's class. */
  readonly right: boolean;
}

export interface ReliabilityBin {
  readonly count: number;
  /** Means over the bin's photos; 0 where there are none. */
  readonly confidence: number;
  readonly accuracy: number;
}

/** How far probabilities are what they say. */
export interface Reliability {
  readonly count: number;
  /** The expected calibration error: the mean over all photos of the distance between their bin's confidence and accuracy. */
  readonly error: number;
  /** {@link BINS} of equal width, from confidence 0 to 1. */
  readonly bins: readonly ReliabilityBin[];
}

/** As C. Guo et al., "On calibration of modern neural networks", ICML 2017, have them. */
export const BINS = 15;

/** Sorts answers into bins by their confidence; one on an edge belongs to the bin below, as there. */
export function reliabilityOf(answers: readonly Answer[]): Reliability {
  const bins = Array.from({ length: BINS }, (_, bin) => {
    const own = answers.filter(({ confidence }) => binOf(confidence) === bin);
    const mean = (value: (answer: Answer) => number) =>
      own.reduce((sum, answer) => sum + value(answer), 0) / Math.max(1, own.length);
    return {
      count: own.length,
      confidence: mean(({ confidence }) => confidence),
      accuracy: mean(({ right }) => Number(right)),
    };
  });
  const distance = bins.reduce(
    (sum, { count, confidence, accuracy }) => sum + count * Math.abs(confidence - accuracy),
    0,
  );
  return { count: answers.length, error: distance / Math.max(1, answers.length), bins };
}

/** Sums of rounded probabilities are a hair above 1. */
const binOf = (confidence: number): number =>
  Math.min(BINS - 1, Math.max(0, Math.ceil(confidence * BINS) - 1));

/** What a threshold does to photos of the classes. */
export interface Rejection {
  readonly below: number;
  /** The share of the photos that are called none of the classes. */
  readonly rejected: number;
  /** The share of the others that are classified correctly; absent where there are none. */
  readonly accuracy?: number;
}

/** @param below as `rejectBelow` of a calibration. */
export function rejectionOf(answers: readonly Answer[], below: number): Rejection {
  const kept = answers.filter(({ confidence }) => confidence >= below);
  return {
    below,
    rejected: (answers.length - kept.length) / Math.max(1, answers.length),
    ...(kept.length > 0 && { accuracy: kept.filter(({ right }) => right).length / kept.length }),
  };
}
