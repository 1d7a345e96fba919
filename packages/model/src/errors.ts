/**
 * What an error is about: what was asked for; files and photos; the machine, its network and its programs; or Fleuron
 * itself, which nobody who uses it rightly should see.
 */
export type ErrorKind = "usage" | "data" | "machine" | "internal";

/** The serialised form of a {@link FleuronError}, as it crosses workers and `--json`. */
export interface FleuronErrorData {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly message: string;
  readonly subject?: string;
  readonly hint?: string;
  readonly cause?: string;
}

export interface FleuronErrorOptions {
  /** Default: "internal". */
  readonly kind?: ErrorKind | undefined;
  /** The path, or the name of the option or operation, that the error is about. */
  readonly subject?: string | undefined;
  /** What the reader can do about it, as one sentence. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The one error class of the house. `code` is stable and meant for programs; each package has a table of the codes that it
 * throws with the kind of each. `message` says what was wrong, `subject` where, `hint` what to do; options and functions of
 * the library stand in backticks there.
 */
export class FleuronError<Code extends string = string> extends Error {
  override readonly name = "FleuronError";
  readonly code: Code;
  readonly kind: ErrorKind;
  readonly subject: string | undefined;
  readonly hint: string | undefined;

  constructor(code: Code, message: string, options: FleuronErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.kind = options.kind ?? "internal";
    this.subject = options.subject;
    this.hint = options.hint;
  }

  toJSON(): FleuronErrorData {
    return {
      code: this.code,
      kind: this.kind,
      message: this.message,
      ...(this.subject !== undefined && { subject: this.subject }),
      ...(this.hint !== undefined && { hint: this.hint }),
      ...(this.cause !== undefined && { cause: String(this.cause) }),
    };
  }

  /** Rebuilds an error that crossed a worker boundary as {@link FleuronErrorData}. */
  static fromJSON(data: FleuronErrorData): FleuronError {
    return new FleuronError(data.code, data.message, data);
  }
}

/** What makes the errors of a package, of a table of its codes with the kind of each. */
export const errorsOf =
  <const Kinds extends { readonly [code: string]: ErrorKind }>(kinds: Kinds) =>
  <Code extends keyof Kinds & string>(
    code: Code,
    message: string,
    options?: Omit<FleuronErrorOptions, "kind">,
  ) =>
    new FleuronError<keyof Kinds & string>(code, message, { ...options, kind: kinds[code] });

/** The codes of a package. */
export type ErrorCodeOf<Make extends (...given: never) => FleuronError> = ReturnType<Make>["code"];

/**
 * The error that came first. Where work fails and then the disposal of what it used fails as well, `using` throws a
 * `SuppressedError`: its `error` is the later one, its `suppressed` the earlier, which is the reason of it all.
 */
export const originalError = (thrown: unknown): unknown =>
  isSuppressedError(thrown) ? originalError(thrown.suppressed) : thrown;

/** By its name: engines without `SuppressedError` get one from the compiler's helper. */
export const isSuppressedError = (
  thrown: unknown,
): thrown is Error & { readonly error: unknown; readonly suppressed: unknown } =>
  thrown instanceof Error && thrown.name === "SuppressedError" && "suppressed" in thrown;
