// The page's end of a classifier's worker: one promise for each request.
import { FleuronError, photoError } from "@fleuron/model";
import { runtimeError } from "../errors.js";
import { GivenUp } from "../given-up.js";
import type { FromWorker, Port, Requests, RequestType } from "../messages.js";

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
}

type Told = Exclude<FromWorker, { readonly id: number }>;

export class Connection {
  readonly #port: Port;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #closed: Error | undefined;

  /** @param onTold is given what no request has asked for. */
  constructor(port: Port, onTold: (message: Told) => void) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (!("id" in data)) return onTold(data);
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.type === "result") waiting?.resolve(data.value as never);
      else if (data.type === "given-up") waiting?.reject(new GivenUp(data.reason));
      else waiting?.reject(FleuronError.fromJSON(data.error));
    };
  }

  /** Aborting rejects at once with the signal's reason, whatever the worker does then. */
  ask<Type extends RequestType>(
    type: Type,
    request: Requests[Type]["request"],
    signal?: AbortSignal,
  ): Promise<Requests[Type]["reply"]> {
    const id = ++this.#lastId;
    const abort = () => {
      this.#waiting.get(id)?.reject(signal!.reason);
      this.#waiting.delete(id);
      this.#port.postMessage({ id, type: "abort" });
    };
    const reply = new Promise<Requests[Type]["reply"]>((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.#closed) throw this.#closed;
      try {
        this.#port.postMessage({ id, type, request });
      } catch (cause) {
        throw type === "load"
          ? runtimeError("option-invalid", `The bundle's files must be Blobs: ${String(cause)}`, {
              subject: "bundle",
              cause,
            })
          : photoError("photo-unreadable", `The photo cannot be read: ${String(cause)}`, {
              hint: 'It was closed, or came from another origin without its permission: crossorigin="anonymous".',
              cause,
            });
      }
      this.#waiting.set(id, { resolve, reject });
      signal?.addEventListener("abort", abort, { once: true });
    });
    return reply.finally(() => signal?.removeEventListener("abort", abort));
  }

  /** Rejects everything that waits, now and from now on. */
  close(error: Error): void {
    this.#closed ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#closed);
    this.#waiting.clear();
  }
}
