/** One thing that was looked at. */
export interface Finding {
  /** "libtensorflow", "C++ compiler". */
  readonly what: string;
  readonly ok: boolean;
  /** What is there, or what is wrong, in a few words. */
  readonly found: string;
  /** The next step that puts it right; for things that are not ok. */
  readonly hint?: string;
}

export const good = (what: string, found: string): Finding => ({ what, ok: true, found });

export const bad = (what: string, found: string, hint: string): Finding => ({ what, ok: false, found, hint });

/** The first thing that is missing. */
export const firstBad = (findings: readonly Finding[]): Finding | undefined => findings.find(({ ok }) => !ok);
