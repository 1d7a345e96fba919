// A contender's process: it stays for the whole comparison and takes one step at each command, so that all
// contenders can take turns. What it answers is described in bench/peers/contender.py.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import * as v from "valibot";

const message = v.partial(
  v.strictObject({
    ready: v.strictObject({
      parameters: v.optional(v.number()),
      versions: v.record(v.string(), v.string()),
      loadMs: v.optional(v.number()),
    }),
    step: v.strictObject({ ms: v.number(), loss: v.nullable(v.number()) }),
    end: v.strictObject({ peakRssBytes: v.number() }),
  }),
);
type Message = v.InferOutput<typeof message>;

const keptErrorLines = 20;

export class ContenderProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #answers: AsyncIterator<string>;
  readonly #ended: Promise<string>;
  readonly #errorLines: string[] = [];

  constructor(file: string, args: readonly string[]) {
    this.#child = spawn(file, args, { stdio: ["pipe", "pipe", "pipe"] });
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", (error) => resolve(`could not be started: ${error.message}`));
      this.#child.once("close", (code, signal) =>
        resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`),
      );
    });
    // A command to a process that has just died: its end says why.
    this.#child.stdin.on("error", () => undefined);
    this.#answers = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
    createInterface(this.#child.stderr).on("line", (line) => {
      this.#errorLines.push(line);
      if (this.#errorLines.length > keptErrorLines) this.#errorLines.shift();
    });
  }

  /** Resolves when the network is built: how many parameters it has, what computes, how long loading a file took. */
  ready = (): Promise<NonNullable<Message["ready"]>> => this.#answer("ready");

  /** One step of training, or one classification, of a batch of its own making; making it is not timed. */
  step(): Promise<NonNullable<Message["step"]>> {
    this.#child.stdin.write("step\n");
    return this.#answer("step");
  }

  end(): Promise<NonNullable<Message["end"]>> {
    this.#child.stdin.end();
    return this.#answer("end");
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  async #answer<Key extends keyof Message>(key: Key): Promise<NonNullable<Message[Key]>> {
    const { done, value: line } = await this.#answers.next();
    if (done) throw new Error([await this.#ended, this.#errorLines.at(-1)].filter(Boolean).join(": "));
    const answer = v.parse(message, JSON.parse(line))[key];
    if (!answer) throw new Error(`answered '${line}' where '${key}' was due`);
    return answer;
  }
}
