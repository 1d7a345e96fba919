// The wheels that the engine's libraries are taken from, by hash: onnxruntime's CUDA provider, and what it loads of CUDA 13.
import { type LibraryWheel, libraryWheel } from "@fleuron/installer";

/** The version is that of npm's onnxruntime-node, which loads the provider. */
export const providerWheel = libraryWheel("onnxruntime-gpu", "1.30.0", "cp311-cp311-manylinux_2_28_x86_64", {
  bytes: 246_658_419,
  sha256: "4fbf0c5d7b5fb99266c2e8a802e3e64af68bdc383e0f3c7349b985f1087eedaa",
  place: "ea/71/b225bd559a718f6cefb058d4f4c4c95e556543f47d4be0e81819681ac347",
});

/** By the folder that each fills. cuFFT, which the provider's extra names too, is loaded for transforms alone. */
export const cudaWheels: { readonly [part: string]: LibraryWheel } = {
  cublas: libraryWheel("nvidia-cublas", "13.10.0.20", "py3-none-manylinux1_x86_64.manylinux_2_5_x86_64", {
    bytes: 444_289_903,
    sha256: "dcc6d63884c53d07e267ce7e6feac17b2538cebaafec5db865736c3e28e4dc84",
    place: "b4/12/16628161ed8c109c8c73b38167df50cbc630a8a6e6548e2534d461526c3c",
  }),
  cuda_nvrtc: libraryWheel(
    "nvidia-cuda-nvrtc",
    "13.5.37",
    "py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64",
    {
      bytes: 58_185_930,
      sha256: "86b4d68058807988b7d9af5b44917a0601e9c337f35ccd657bfb3c759ff8d8bc",
      place: "a9/54/db4e7f650746265f61c05cf1f8f556dd8c6739b58c823fbc9a7d6fda3247",
    },
  ),
  cuda_runtime: libraryWheel(
    "nvidia-cuda-runtime",
    "13.5.37",
    "py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64",
    {
      bytes: 2_504_024,
      sha256: "df2b79a8852f10d1fef8c848489c49eebb5754051bf870202a862831412b179d",
      place: "0b/7c/14b8f5518f8951e9dca57ea80f44f8ea8bcc8671812e6cc38009f3205e57",
    },
  ),
  cudnn: libraryWheel("nvidia-cudnn-cu13", "9.28.1.4", "py3-none-manylinux_2_27_x86_64", {
    bytes: 516_817_937,
    sha256: "a54f205b1db1f2895d99f398754db1369816f0569dd459731f925635cf7b65ec",
    place: "ef/6f/94535c450d44a68ef0b43d7a5e54c0e5ecda2ca3db7daec5d54c8d94e0d8",
  }),
  curand: libraryWheel("nvidia-curand", "10.4.5.25", "py3-none-manylinux_2_27_x86_64", {
    bytes: 77_113_015,
    sha256: "22bb226a857e5888fe6b54ae465fc4371296bcff13a35f79e19691bcf454f529",
    place: "12/63/636e5dc9afb2959bfc0042a357d5567358df829b66c96d9fc36d77dc0596",
  }),
};
