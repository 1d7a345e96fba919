/** `--batch-size` for `batchSize`. */
export const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** `batchSize` for `--batch-size`; what is no flag, such as a command, stays. */
export const nameOf = (flag: string): string =>
  flag.startsWith("--")
    ? flag.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
    : flag;
