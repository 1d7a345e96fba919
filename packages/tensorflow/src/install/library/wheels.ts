// The wheels of TensorFlow and CUDA, by hash.
import { type LibraryWheel, libraryWheel } from "@fleuron/installer";

/** TensorFlow for the processor. */
export const tensorflowCpu = libraryWheel("tensorflow-cpu", "2.21.0", "cp311-cp311-manylinux_2_27_x86_64", {
  bytes: 273_829_956,
  sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
  place: "59/03/9a99555a762de8cd4a405efbd39a732d926d8e58791441889560b7675b3e",
});

/** TensorFlow for NVIDIA's GPUs. */
export const tensorflowGpu = libraryWheel("tensorflow", "2.21.0", "cp311-cp311-manylinux_2_27_x86_64", {
  bytes: 572_440_367,
  sha256: "9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124",
  place: "26/a1/23b9b39c046c723db63a1c2c93397703efa3400a36f98d9c717b473aafb8",
});

/** What the extra `and-cuda` of {@link tensorflowGpu} asks for, by the folder below `nvidia/` that each fills. */
export const cudaWheels: { readonly [part: string]: LibraryWheel } = {
  cublas: libraryWheel("nvidia-cublas-cu12", "12.9.3.13", "py3-none-manylinux_2_27_x86_64", {
    bytes: 581_217_458,
    sha256: "d7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72",
    place: "7b/ea/9b6c36aef90766eebb4763aded157039e797ae9789c9c216e960d1d3cd47",
  }),
  cuda_cupti: libraryWheel("nvidia-cuda-cupti-cu12", "12.9.79", "py3-none-manylinux_2_25_x86_64", {
    bytes: 10_814_997,
    sha256: "096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f",
    place: "c1/2e/b84e32197e33f39907b455b83395a017e697c07a449a2b15fd07fc1c9981",
  }),
  cuda_nvcc: libraryWheel(
    "nvidia-cuda-nvcc-cu12",
    "12.9.86",
    "py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64",
    {
      bytes: 40_546_229,
      sha256: "5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0",
      place: "25/48/b54a06168a2190572a312bfe4ce443687773eb61367ced31e064953dd2f7",
    },
  ),
  cuda_nvrtc: libraryWheel(
    "nvidia-cuda-nvrtc-cu12",
    "12.9.86",
    "py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64",
    {
      bytes: 89_568_129,
      sha256: "210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4",
      place: "b8/85/e4af82cc9202023862090bfca4ea827d533329e925c758f0cde964cb54b7",
    },
  ),
  cuda_runtime: libraryWheel(
    "nvidia-cuda-runtime-cu12",
    "12.9.79",
    "py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64",
    {
      bytes: 3_493_179,
      sha256: "25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3",
      place: "bc/46/a92db19b8309581092a3add7e6fceb4c301a3fd233969856a8cbf042cd3c",
    },
  ),
  cudnn: libraryWheel("nvidia-cudnn-cu12", "9.28.0.42", "py3-none-manylinux_2_27_x86_64", {
    bytes: 716_538_495,
    sha256: "9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375",
    place: "ce/64/56ce3cad192cc75b50da3be44e36741ba963c84d3d2ca10aaa5ec16c49c3",
  }),
  cufft: libraryWheel(
    "nvidia-cufft-cu12",
    "11.4.1.4",
    "py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64",
    {
      bytes: 200_877_592,
      sha256: "c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28",
      place: "95/f4/61e6996dd20481ee834f57a8e9dca28b1869366a135e0d42e2aa8493bdd4",
    },
  ),
  curand: libraryWheel("nvidia-curand-cu12", "10.3.10.19", "py3-none-manylinux_2_27_x86_64", {
    bytes: 68_295_626,
    sha256: "49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e",
    place: "31/44/193a0e171750ca9f8320626e8a1f2381e4077a65e69e2fb9708bd479e34a",
  }),
  cusolver: libraryWheel("nvidia-cusolver-cu12", "11.7.5.82", "py3-none-manylinux_2_27_x86_64", {
    bytes: 338_117_415,
    sha256: "15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88",
    place: "33/40/79b0c64d44d6c166c0964ec1d803d067f4a145cca23e23925fd351d0e642",
  }),
  cusparse: libraryWheel(
    "nvidia-cusparse-cu12",
    "12.5.10.65",
    "py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64",
    {
      bytes: 366_465_088,
      sha256: "73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78",
      place: "12/46/b0fd4b04f86577921feb97d8e2cf028afe04f614d17fb5013de9282c9216",
    },
  ),
  nccl: libraryWheel("nvidia-nccl-cu12", "2.32.3", "py3-none-manylinux_2_27_x86_64", {
    bytes: 351_526_311,
    sha256: "bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c",
    place: "f3/f8/9dce3698eed6fae28078eb38f748feb1665767693d8017c099de9fbf0b08",
  }),
  nvjitlink: libraryWheel(
    "nvidia-nvjitlink-cu12",
    "12.9.86",
    "py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64",
    {
      bytes: 39_748_338,
      sha256: "e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9",
      place: "46/0c/c75bbfb967457a0b7670b8ad267bfc4fffdf341c074e0a80db06c24ccfd4",
    },
  ),
};
