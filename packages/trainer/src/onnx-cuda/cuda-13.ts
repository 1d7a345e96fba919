import type { CudaNeeds } from "@fleuron/machine";

/** What CUDA 13 asks for: https://docs.nvidia.com/cuda/cuda-toolkit-release-notes/ */
export const CUDA_13: CudaNeeds = {
  library: "CUDA 13",
  cuda: "CUDA 13",
  driver: 580,
  compilingDriver: 580,
  capability: 7.5,
};
