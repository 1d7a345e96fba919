/** WebDriver: commands to a browser, a request for each. */
import { setTimeout } from "node:timers/promises";
import { fetch } from "undici";

export class WebDriver {
  readonly #address: string;

  /** @param port at which the driver listens, now or soon. */
  constructor(port: number) {
    this.#address = `http://127.0.0.1:${port}`;
  }

  /** Resolves when the driver listens. @throws the signal's reason. */
  async ready(signal: AbortSignal): Promise<void> {
    const listens = () =>
      fetch(`${this.#address}/status`).then(
        ({ ok }) => ok,
        () => false,
      );
    while (!(await listens())) {
      signal.throwIfAborted();
      await setTimeout(20);
    }
  }

  async send<Result>(method: "POST" | "DELETE", path: string, parameters: object = {}): Promise<Result> {
    const body = method === "POST" ? JSON.stringify(parameters) : null;
    const response = await fetch(this.#address + path, { method, body });
    const { value } = (await response.json()) as { readonly value: unknown };
    if (response.ok) return value as Result;
    const { error, message } = value as { readonly error: string; readonly message: string };
    throw new Error(`${error}: ${message}`);
  }
}
