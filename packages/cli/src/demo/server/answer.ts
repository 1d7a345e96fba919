// One request after another: who asks, for what, and the file.
import type { IncomingMessage, ServerResponse } from "node:http";
import { systemCode } from "@fleuron/files";
import { HEADERS } from "../headers.js";
import { BUNDLE_PATH } from "../page-folder.js";
import { openBundleFile } from "./bundle-files.js";
import { hostOf, isKnownHost } from "./hosts.js";
import type { PageFiles } from "./page-files.js";
import { requestTarget } from "./request-target.js";
import { sendFile } from "./send-file.js";
import { sendText } from "./send-text.js";
import type { SentFile } from "./sent-file.js";

export interface AnswerOptions {
  /** The bundle's folder. */
  readonly bundle: string;
  readonly page: PageFiles;
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
  { bundle, page, hosts }: AnswerOptions,
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
  const { headers } = request;
  const find = (path: string): Promise<SentFile | undefined> =>
    path.startsWith(BUNDLE_PREFIX)
      ? openBundleFile(bundle, path.slice(BUNDLE_PREFIX.length), headers)
      : page(path.slice(1), { headers, host });
  const file = wanted === undefined ? undefined : await find(wanted);
  if (wanted === undefined || file === undefined)
    return sendText(response, 404, "There is no such file here.");
  try {
    await sendFile(request, response, file, wanted);
  } finally {
    await file.handle.close();
  }
}

const BUNDLE_PREFIX = `/${BUNDLE_PATH}/`;

const strangerLine = (host: string | undefined): string =>
  host === undefined
    ? "This page is served on localhost and under IP addresses."
    : `This page is not served as "${host}": other websites could read it under a name of theirs. ` +
      `If the name is yours, start the server with --allow-host ${host}`;
