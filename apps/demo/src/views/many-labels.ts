/** More labels than these would be a wall of words, or of bars. */
const MOST = 20;

export const areMany = (labels: readonly string[]): boolean => labels.length > MOST;
