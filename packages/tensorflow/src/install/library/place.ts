// What is needed of TensorFlow and CUDA, whichever form they come in: headers of the C interface, and the libraries.

const HEADERS = [
  /^tensorflow\/c\/(eager\/)?[\w.]+\.h$/,
  /^tensorflow\/core\/platform\/ctstring(_internal)?\.h$/,
  /^(xla\/)?tsl\/(c|platform)\/[\w.]+\.h$/,
];
const LIBRARY = /^(?:lib\/)?(libtensorflow(?:_cc|_framework)?\.so[\d.]*)$/;
/** Beside libraries the assembler, and the bitcode, for kernels that are made when they are first needed. */
const CUDA = /^nvidia\/\w+\/(lib\/lib[\w-]+\.so[\d.]*|bin\/ptxas|nvvm\/libdevice\/[\w.]+\.bc)$/;

/**
 * Where a file belongs below `deps/`: `include/…`, `lib/…` or `nvidia/…`. Paths of a wheel begin with `tensorflow/` or
 * `nvidia/`, those of TensorFlow's C archives with `include/` or `lib/`; a folder may be any of these unpacked.
 * `undefined`: not needed.
 */
export function placeOf(file: string): string | undefined {
  const inside = file.replace(/^\.\//, "").replace(/^tensorflow\/(?=include\/|libtensorflow)/, "");
  if (CUDA.test(inside)) return inside;
  const library = LIBRARY.exec(inside)?.[1];
  if (library !== undefined) return `lib/${library}`;
  const header = inside.startsWith("include/") ? inside.slice("include/".length) : undefined;
  return header !== undefined && HEADERS.some((each) => each.test(header)) ? inside : undefined;
}
