// How the files are bundled that pages load as they are, whatever bundler they use.
export const pageScript = {
  bundle: true,
  format: "esm",
  minify: true,
  sourcemap: true,
  target: "es2022",
  charset: "utf8",
  logLevel: "warning",
};

/** Starts threads by its own address. Parcel puts a path on disk in its place; a worker has it in `location` too. */
export const workerScript = {
  ...pageScript,
  define: { "import.meta.url": "SCRIPT_URL" },
  banner: {
    js: 'const SCRIPT_URL = import.meta.url.startsWith("file:") ? location.href : import.meta.url;',
  },
};
