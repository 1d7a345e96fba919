// Numbers as all outputs write them, the same in every locale.
// Made when they are first asked for: the first one takes a process or thread 20 ms.
let grouped: Intl.NumberFormat | undefined;
let withTenth: Intl.NumberFormat | undefined;

/** The number with thousands separators: `58,307,333`. */
export function count(value: number): string {
  grouped ??= new Intl.NumberFormat("en-US");
  return grouped.format(value);
}

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
  withTenth ??= new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${withTenth.format(bytes / 1e6)} MB`;
}

/** A small number with the two digits that matter: `0.02`, `0.00045`, `3.1e-7`. */
export const shortNumber = (value: number): string => String(Number(value.toPrecision(2)));
