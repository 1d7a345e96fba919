export function makeWhole(
  folder: string,
  make: () => string | undefined | Promise<string | undefined>,
): Promise<string | undefined>;
