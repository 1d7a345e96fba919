// Numbers as the command line writes them, the same in every locale.
const grouped = new Intl.NumberFormat("en-US");

/** With thousands separators: `58,307,333`. */
export const count = (value: number): string => grouped.format(value);

/** `1 photo`, `3,670 photos`. */
export const counted = (value: number, unit: string): string =>
  `${count(value)} ${unit}${value === 1 ? "" : "s"}`;

/** A share from 0 to 1 as `89.3%`. */
export const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)}%`;

/** A learning rate with the digits that matter: `0.02`, `0.00045`, `3.1e-7`. */
export const rate = (value: number): string => String(Number(value.toPrecision(2)));

/** `233.2 MB`; below a megabyte `12 KB`. */
export const megabytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
