import { type LargestClass, percent } from "@fleuron/model";

/** What an accuracy is to be compared with. */
export const largestClassLine = ({ label, share }: LargestClass): string =>
  `always naming ${label} would give ${percent(share)}`;
