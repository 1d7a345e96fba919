// One request after another: who asks, for what, and the file.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { systemCode } from "@fleuron/files";
import { HEADERS } from "../headers.js";
import { BUNDLE_PATH, pageFolder } from "../page-folder.js";
import { openBundleFile, type SentFile } from "./bundle-files.js";
import { hostOf, isKnownHost } from "./hosts.js";
import { openFile } from "./open-file.js";
import { requestTarget } from "./request-target.js";
import { sendFile } from "./send-file.js";
import { sendText } from "./send-text.js";

export interface AnswerOptions {
  /** The bundle's folder. */
  readonly bundle: string;
  /** Names under which the page is served beside those of this machine, in lower case. */
  readonly hosts: ReadonlySet<string>;
}

/** Answers a request, whatever it is and whatever becomes of the files: nothing is thrown. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: AnswerOptions,
): Promise<void> {
  try {
    await answerOrThrow(request, response, options);
  } catch (error) {
    const why = systemCode(error) ?? (error instanceof Error ? error.name : "unknown");
    if (response.headersSent) response.destroy();
    else sendText(response, 500, `The file cannot be read: ${why}.`);
  }
}

async function answerOrThrow(
  request: IncomingMessage,
  response: ServerResponse,
  { bundle, hosts }: AnswerOptions,
): Promise<void> {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  const { authority, path } = requestTarget(request);
  if ((request.headersDistinct.host?.length ?? 0) > 1) {
    return sendText(response, 400, "A request has one host.");
  }
  const host = hostOf(authority);
  if (host === undefined || !isKnownHost(host, hosts)) return sendText(response, 403, strangerLine(host));
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return sendText(response, 405, "Files can be read here, and nothing else.");
  }
  const wanted = path === "/" ? "/index.html" : path;
  const file = wanted === undefined ? undefined : await find(wanted, bundle, request.headers);
  if (wanted === undefined || file === undefined)
    return sendText(response, 404, "There is no such file here.");
  try {
    await sendFile(request, response, file, wanted);
  } finally {
    await file.handle.close();
  }
}

function find(path: string, bundle: string, headers: IncomingHttpHeaders): Promise<SentFile | undefined> {
  const prefix = `/${BUNDLE_PATH}/`;
  return path.startsWith(prefix)
    ? openBundleFile(bundle, path.slice(prefix.length), headers)
    : openFile(pageFolder(), path.slice(1));
}

const strangerLine = (host: string | undefined): string =>
  host === undefined
    ? "This page is served on localhost and under IP addresses."
    : `This page is not served as "${host}": other websites could read it under a name of theirs. ` +
      `If the name is yours, start the server with --allow-host ${host}`;
