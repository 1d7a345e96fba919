// The programs that resize, and how their ways are called in the table.

/** `pip` and `npm` name what is installed into a folder of the program's own. `used`: who resizes in this way, where others do. */
export const programs = [
  {
    id: "pillow",
    name: "Pillow",
    pip: ["pillow", "numpy"],
    methods: {
      bilinear: { name: "`BILINEAR`", used: "Fleuron" },
      bicubic: { name: "`BICUBIC`", used: "timm" },
      lanczos: { name: "`LANCZOS`" },
      nearest: { name: "`NEAREST`" },
    },
  },
  {
    id: "opencv",
    name: "OpenCV",
    pip: ["opencv-python-headless", "pillow", "numpy"],
    methods: {
      linear: { name: "`INTER_LINEAR`, its default" },
      area: { name: "`INTER_AREA`" },
      cubic: { name: "`INTER_CUBIC`" },
      nearest: { name: "`INTER_NEAREST`" },
    },
  },
  {
    id: "torchvision",
    name: "torchvision",
    pip: ["torchvision", "pillow", "numpy"],
    methods: {
      photo: { name: "`Resize` of a Pillow image" },
      tensor: { name: "`Resize` of a tensor" },
      "tensor-without": { name: "`Resize` of a tensor, `antialias=False`" },
    },
  },
  {
    id: "tensorflow",
    name: "TensorFlow",
    pip: ["tensorflow-cpu", "pillow", "numpy"],
    methods: {
      bilinear: { name: "`tf.image.resize`", used: "Keras" },
      antialias: { name: "`tf.image.resize`, `antialias=True`" },
      area: { name: '`tf.image.resize`, `method="area"`' },
    },
  },
  {
    id: "sharp",
    name: "sharp",
    npm: ["sharp"],
    methods: {
      default: { name: "`resize`" },
      linear: { name: '`kernel: "linear"`' },
      cubic: { name: '`kernel: "cubic"`' },
    },
  },
  {
    id: "transformers.js",
    name: "transformers.js in Node",
    npm: ["@huggingface/transformers"],
    methods: { bilinear: { name: "bilinear" }, bicubic: { name: "bicubic" } },
  },
  {
    id: "tfjs",
    name: "TensorFlow.js",
    npm: ["@tensorflow/tfjs", "sharp"],
    methods: { bilinear: { name: "`tf.image.resizeBilinear`" } },
  },
  {
    id: "chromium",
    name: "Chromium",
    methods: {
      drawImage: { name: "`drawImage` of a canvas", used: "transformers.js in browsers" },
      "bitmap-low": { name: '`createImageBitmap`, `resizeQuality: "low"`' },
      "bitmap-high": { name: '`createImageBitmap`, `resizeQuality: "high"`' },
    },
  },
];
