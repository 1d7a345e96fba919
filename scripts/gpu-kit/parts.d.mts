export const MAX_PART: number;
export function writeParts(
  file: string,
  folder: string,
  options?: { readonly maxBytes?: number },
): Promise<number>;
