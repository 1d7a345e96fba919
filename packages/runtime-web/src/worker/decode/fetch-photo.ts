import { openResponse } from "../download/request.js";
import { withRetries } from "../download/retry.js";

export interface PhotoRequest {
  readonly signal: AbortSignal;
  /** Milliseconds without a byte after which the download is tried again. */
  readonly stallTimeout: number;
}

/** @throws FleuronError "http-status", "html-instead", "network-failed". */
export function fetchPhoto(url: string, { signal, stallTimeout }: PhotoRequest): Promise<Blob> {
  return withRetries(async () => {
    const response = await openResponse({ url }, { signal, stallTimeout });
    const pieces: BlobPart[] = [];
    for await (const piece of response.pieces()) pieces.push(piece);
    return new Blob(pieces);
  }, signal);
}
