/** Whether a processor plays the GPU that has these words for its name: Dawn's and Mesa's say so, and Microsoft's. */
export const isEmulatedGpu = (name: string): boolean =>
  /swiftshader|llvmpipe|lavapipe|basic render/i.test(name);
