import type { RandomStream } from "@fleuron/model";

/** A request for one file of a server, and what answers are right. */
export interface OddRequest {
  /** As it goes over the wire; each character is one byte. */
  readonly text: string;
  /** The status codes of right answers; none: no answer is owed. */
  readonly statuses: readonly number[];
  /** The bytes that an answer of 206 holds, the end not among them. */
  readonly part?: readonly [start: number, end: number];
  /** What the client does when it has sent the text. Default "wait" for an answer. */
  readonly afterwards?: "wait" | "end" | "destroy";
}

/** The file that is asked for, as the server has it. */
export interface OddRequestFile {
  /** Its path on the server, such as `/bundle/model.onnx`. */
  readonly path: string;
  readonly bytes: number;
}

/** Draws one request of a kind. */
export type Draw = (random: RandomStream, file: OddRequestFile) => OddRequest;

export const oneOf = <Item>(random: RandomStream, items: readonly Item[]): Item =>
  items[random.integer(items.length)]!;

export interface RequestParts {
  readonly method?: string;
  readonly target: string;
  /** Default `["Host: localhost"]`. */
  readonly host?: readonly string[];
  /** Lines `Name: value`. */
  readonly headers?: readonly string[];
}

/** The request's text; the server closes the connection after its answer. */
export const textOf = ({
  method = "GET",
  target,
  host = ["Host: localhost"],
  headers = [],
}: RequestParts): string =>
  [`${method} ${target} HTTP/1.1`, ...host, ...headers, "Connection: close", "", ""].join("\r\n");
