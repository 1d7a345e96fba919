// What is needed of a libtensorflow, whichever form it comes in: headers of the C interface, and the libraries.

const HEADERS = [
  /^tensorflow\/c\/(eager\/)?[\w.]+\.h$/,
  /^tensorflow\/core\/platform\/ctstring(_internal)?\.h$/,
  /^(xla\/)?tsl\/(c|platform)\/[\w.]+\.h$/,
];
const LIBRARY = /^(?:lib\/)?(libtensorflow(?:_cc|_framework)?\.so[\d.]*)$/;

/**
 * Where a file belongs below `deps/`: `include/…` or `lib/…`. Paths of a wheel begin with `tensorflow/`, those of
 * TensorFlow's C archives with `include/` or `lib/`; a folder may be any of these unpacked. `undefined`: not needed.
 */
export function placeOf(file: string): string | undefined {
  const inside = file.replace(/^\.\//, "").replace(/^tensorflow\/(?=include\/|libtensorflow)/, "");
  const library = LIBRARY.exec(inside)?.[1];
  if (library !== undefined) return `lib/${library}`;
  const header = inside.startsWith("include/") ? inside.slice("include/".length) : undefined;
  return header !== undefined && HEADERS.some((each) => each.test(header)) ? inside : undefined;
}
