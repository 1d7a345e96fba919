/** Findings that a program acts on. */
export type FindingCode =
  /** An engine that a command installs is not there. */
  | "not-installed"
  /** An engine does not exist for this system. */
  | "unsupported"
  /** A library that computes on GPUs finds none that it can use. */
  | "no-usable-gpu"
  /** A GPU works, and is not the one that `auto` judges its engine by. */
  | "unmeasured";

/** One thing that was looked at. */
export interface Finding {
  readonly code?: FindingCode;
  /** "libtensorflow", "C++ compiler". */
  readonly what: string;
  readonly ok: boolean;
  /** What is there, or what is wrong, in a few words. */
  readonly found: string;
  /** The next step that puts it right, where there is something to put right. */
  readonly hint?: string;
}

export const good = (what: string, found: string): Finding => ({ what, ok: true, found });

export const bad = (what: string, found: string, hint: string, code?: FindingCode): Finding => ({
  what,
  ok: false,
  found,
  hint,
  ...(code && { code }),
});

/** The first thing that is missing. */
export const firstBad = (findings: readonly Finding[]): Finding | undefined => findings.find(({ ok }) => !ok);

/** What keeps `auto` from an engine that suits the machine: what is missing, or that another GPU was measured. */
export const obstacleToAuto = (findings: readonly Finding[]): Finding | undefined =>
  firstBad(findings) ?? findings.find(({ code }) => code === "unmeasured");
