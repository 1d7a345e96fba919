/** `seconds` for a life of a run that began at `began`, on the clock of `performance.now`. */
export const budgetOf = (seconds: number | undefined, began: number, skipReport: boolean) =>
  seconds === undefined ? undefined : { seconds, spent: (performance.now() - began) / 1000, skipReport };
