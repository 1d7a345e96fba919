// What went wrong with a request, in our words, and whether to try again.
import { systemCode } from "@fleuron/files";
import { FleuronError } from "@fleuron/model";
import { type DownloadErrorCode, downloadError } from "./errors.js";

const UNREACHABLE = new Map([
  ["ENOTFOUND", "its name is not known here"],
  ["EAI_AGAIN", "its name cannot be looked up now"],
  ["ECONNREFUSED", "it refuses connections"],
  ["ENETUNREACH", "there is no network"],
  ["EHOSTUNREACH", "there is no route to it"],
  ["UND_ERR_CONNECT_TIMEOUT", "it does not answer"],
  ["UND_ERR_HEADERS_TIMEOUT", "it does not answer"],
]);

/** A refusal that may pass: too busy, or broken for a moment. */
const PASSING_STATUS = new Set([408, 425, 429, 500, 502, 503, 504]);

export function connectionFailure(url: string, cause: unknown): FleuronError {
  if (cause instanceof FleuronError) return cause;
  const { host } = new URL(url);
  const code = systemCode(innermost(cause));
  const why = code === undefined ? undefined : UNREACHABLE.get(code);
  if (why !== undefined) {
    return failure("download-unreachable", `${host} cannot be reached: ${why}.`, url, cause);
  }
  if (code === "UND_ERR_BODY_TIMEOUT") {
    return failure("download-interrupted", `${host} stopped sending.`, url, cause);
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return failure("download-interrupted", `The connection to ${host} broke: ${reason}.`, url, cause);
}

export function refusal(url: string, status: number): FleuronError {
  return failure(
    "download-refused",
    `${new URL(url).host} answers ${status} to the request for ${url}.`,
    url,
    status,
  );
}

export function unexpected(url: string, what: string): FleuronError {
  return failure("download-unexpected", `${url} sent ${what} instead of the file.`, url);
}

/** Whether the same host may do better after a while. `answered`: it has sent something before. */
export function mayPass(error: FleuronError, answered: boolean): boolean {
  if (error.code === "download-refused")
    return typeof error.cause === "number" && PASSING_STATUS.has(error.cause);
  return answered && (error.code === "download-interrupted" || error.code === "download-unreachable");
}

function failure(code: DownloadErrorCode, message: string, url: string, cause?: unknown): FleuronError {
  return downloadError(code, message, {
    subject: url,
    hint: "Check the connection and try again: what has come is kept and not fetched twice.",
    cause,
  });
}

/** The cause; if several addresses of a host failed, the first one's. */
function innermost(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors[0];
  return error;
}
