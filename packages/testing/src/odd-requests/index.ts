export { type ExchangeOptions, exchange, type RawAnswer } from "./exchange.js";
export { type OddRequest, type OddRequestFile, textOf } from "./odd-request.js";
export { type OddRequestOptions, oddRequests } from "./odd-requests.js";
export { problemOf } from "./problem-of.js";
