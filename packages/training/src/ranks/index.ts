// A run that several processes share, in an entry of its own: a run of one process loads nothing of it.
export { follow } from "./follow.js";
export { type Leading, lead } from "./lead.js";
export { receiveBytes, sendBytes } from "./messages.js";
export type { Ranks } from "./ranks.js";
