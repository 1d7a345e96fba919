// Numbers as all outputs write them, the same in every locale.

/** The number, rounded to so many decimals, with thousands separators. (The first Intl.NumberFormat takes a process 20 ms.) */
const grouped = (value: number, decimals: 0 | 1): string =>
  value.toFixed(decimals).replace(/\B(?=(\d{3})+(?!\d))/g, ",");

/** The whole number with thousands separators: `58,307,333`. */
export const count = (value: number): string => grouped(value, 0);

/** The number with its unit: `1 photo`, `3,670 photos`. Default plural: with an s. */
export const counted = (value: number, unit: string, plural = `${unit}s`): string =>
  `${count(value)} ${value === 1 ? unit : plural}`;

/** A share from 0 to 1 as `89.3%`; what is not quite 0 or 1 does not look it: `<0.1%`, `>99.9%`. */
export function percent(share: number, digits = 1): string {
  const shown = (share * 100).toFixed(digits);
  const step = 10 ** -digits;
  if (Number(shown) === 100 && share < 1) return `>${(100 - step).toFixed(digits)}%`;
  if (Number(shown) === 0 && share > 0) return `<${step.toFixed(digits)}%`;
  return `${shown}%`;
}

/** A share that need not exist, such as the recall of a class without photos: then a dash. */
export const percentOrDash = (share: number | null | undefined): string =>
  share === null || share === undefined ? "–" : percent(share);

/** A size in units of 10⁶ bytes: `233.2 MB`; below that `12 KB`. */
export function megabytes(bytes: number): string {
  if (bytes <= 999_000) return `${Math.ceil(bytes / 1e3)} KB`;
  return `${grouped(bytes / 1e6, 1)} MB`;
}

/** A small number with the two digits that matter: `0.02`, `0.00045`, `3.1e-7`. */
export const shortNumber = (value: number): string => String(Number(value.toPrecision(2)));
