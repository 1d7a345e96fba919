import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { type ProcessStream, readerIsGone, StandardOutput } from "./standard-output.js";

/** A stream that keeps what it is given until its disk is full, and then fails as Node's do: by callback and by event. */
class FakeStream extends EventEmitter {
  readonly isTTY = true;
  columns = 40;
  readonly written: string[] = [];
  attempts = 0;
  error: Error | undefined;

  write(text: string, done?: (error?: Error) => void): boolean {
    this.attempts++;
    const { error } = this;
    if (error === undefined) this.written.push(text);
    queueMicrotask(() => {
      done?.(error);
      if (error) this.emit("error", error);
    });
    return true;
  }
}

function opened() {
  const stream = new FakeStream();
  return { stream, output: new StandardOutput(stream as unknown as ProcessStream) };
}

const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });

describe("standard output", () => {
  it("is handed on at once and in order, and is what the stream is", async () => {
    const { stream, output } = opened();
    output.write("a");
    output.write("b");
    expect(stream.written).toEqual(["a", "b"]);
    expect([output.isTTY, output.columns]).toEqual([true, 40]);
    await output.settled();
    expect(output.takeFailure()).toBeUndefined();
  });

  it("has no size where the terminal was told none", () => {
    const { stream, output } = opened();
    stream.columns = 0;
    expect(output.columns).toBeUndefined();
  });

  it("is dropped after a write has failed, and tells once why", async () => {
    const { stream, output } = opened();
    stream.error = full;
    output.write("a");
    expect(output.takeFailure()).toBeUndefined();
    await output.settled();
    const { attempts } = stream;
    output.write("b");
    expect(stream.attempts).toBe(attempts);
    expect([output.takeFailure(), output.takeFailure()]).toEqual([full, undefined]);
    await output.settled();
  });

  it("fails also where only an event says so", async () => {
    const { stream, output } = opened();
    stream.emit("error", full);
    expect(output.takeFailure()).toBe(full);
  });

  it("knows a reader that has seen enough", () => {
    expect(readerIsGone(Object.assign(new Error(), { code: "EPIPE" }))).toBe(true);
    expect([full, new Error("EPIPE")].map(readerIsGone)).toEqual([false, false]);
  });
});
