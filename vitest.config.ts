// How tests run, in every package that has no file like this of its own.
export default {
  test: {
    // Vite would transform each module of a built package anew; Node loads them as they are, and once.
    server: { deps: { external: [/\/packages\/[^/]+\/dist\//] } },
    isolate: false,
    // Whole runs start threads of their own, and take many times longer on a busy machine.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
};
