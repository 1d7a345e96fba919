import pc from "picocolors";

/** Ways to set text off; each gives it back unchanged where colours are off. */
export interface Colours {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly accent: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly error: (text: string) => string;
}

export function colours(enabled: boolean): Colours {
  const { bold, dim, green, yellow, red } = pc.createColors(enabled);
  return { bold, dim, accent: green, warning: yellow, error: red };
}
