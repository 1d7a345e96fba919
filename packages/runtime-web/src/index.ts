export type { Classification, Classifier, ClassifyOptions } from "@fleuron/model";
