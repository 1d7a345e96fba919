import { describe, expect, it } from "vitest";
import {
  notebookPreprocessing,
  type PreprocessingSpecification,
  preprocess,
} from "../preprocessing/index.js";
import {
  chosenPreprocessing,
  huggingFacePreprocessing,
  type PreprocessingChoice,
  timmPreprocessing,
} from "./index.js";

const IMAGENET = { scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
const bicubic = "Photos are resized bilinearly, not by bicubic: inputs differ by a few levels.";

/** What the input's channels are of a photo of this colour alone. */
function valuesOf(preprocessing: PreprocessingSpecification, red: number, green: number, blue: number) {
  const [size] = [preprocessing.size].flat() as [number];
  const data = Uint8Array.from({ length: 3 * size * size }, (_, at) => [red, green, blue][at % 3]!);
  const input = preprocess({ data, width: size, height: size }, preprocessing);
  const plane = input.length / 3;
  return [input[(plane / 2) | 0]!, input[plane + ((plane / 2) | 0)]!, input[2 * plane + ((plane / 2) | 0)]!];
}

describe("preprocessor_config.json", () => {
  const read = (config: object) =>
    huggingFacePreprocessing(JSON.stringify(config), "preprocessor_config.json");
  const vit = {
    do_normalize: true,
    do_rescale: true,
    do_resize: true,
    image_mean: [0.5, 0.5, 0.5],
    image_processor_type: "ViTImageProcessor",
    image_std: [0.5, 0.5, 0.5],
    resample: 2,
    rescale_factor: 0.00392156862745098,
    size: { height: 224, width: 224 },
  };
  const imagenet = { image_mean: IMAGENET.mean, image_std: IMAGENET.std };

  it("of a ViT squashes, and gives -1 to 1", () => {
    const { preprocessing, warnings } = read(vit);
    expect(warnings).toEqual([]);
    expect(preprocessing).toEqual({
      ...notebookPreprocessing,
      size: 224,
      resize: { fit: "squash", filter: "triangle" },
      scale: 0.00392156862745098,
      mean: [0.5, 0.5, 0.5],
      std: [0.5, 0.5, 0.5],
    });
  });

  it("of an older ViT has the size as one number, and no word about rescaling", () => {
    const { preprocessing } = read({
      do_normalize: true,
      do_resize: true,
      feature_extractor_type: "ViTFeatureExtractor",
      image_mean: [0.5, 0.5, 0.5],
      image_std: [0.5, 0.5, 0.5],
      resample: 2,
      size: 224,
    });
    expect(preprocessing).toEqual(read(vit).preprocessing);
  });

  it("of a MobileNetV2 cuts the centre out of the shorter side", () => {
    const { preprocessing, warnings } = read({
      ...vit,
      crop_size: { height: 224, width: 224 },
      do_center_crop: true,
      image_processor_type: "MobileNetV2FeatureExtractor",
      size: { shortest_edge: 256 },
    });
    expect(preprocessing).toMatchObject({ size: 224, resize: { fit: "cover", resizeTo: 256 } });
    expect(warnings).toEqual([]);
  });

  it.each([
    [224, { fit: "cover", filter: "triangle", resizeTo: 256 }],
    [384, { fit: "squash", filter: "triangle" }],
  ])("of a ConvNeXt of %i pixels makes its own margin, and squashes from 384 on", (size, resize) => {
    const { preprocessing, warnings } = read({
      ...{ crop_pct: 0.875, do_normalize: true, do_resize: true, ...imagenet, resample: 3, size },
      feature_extractor_type: "ConvNextFeatureExtractor",
    });
    expect(preprocessing).toMatchObject({ size, resize, ...IMAGENET });
    expect(warnings).toEqual([bicubic]);
  });

  it("of a DeiT squashes to 256 and cuts out 224", () => {
    const { preprocessing } = read({
      ...{ ...vit, ...imagenet, image_processor_type: "DeiTImageProcessorFast", crop_size: 224 },
      ...{ do_center_crop: true, size: 256, resample: 3 },
    });
    expect(preprocessing).toMatchObject({ size: 224, resize: { fit: "squash", resizeTo: 256 } });
  });

  const efficientNet = {
    ...{ crop_size: { height: 289, width: 289 }, do_center_crop: false, do_normalize: true },
    ...{ do_rescale: true, do_resize: true, image_mean: [0.485, 0.456, 0.406] },
    image_processor_type: "EfficientNetImageProcessor",
    image_std: [0.47853944, 0.4732864, 0.47434163],
    ...{ include_top: true, resample: 0, rescale_factor: 0.00392156862745098, rescale_offset: false },
    size: { height: 224, width: 224 },
  };

  it("of an EfficientNet divides twice, by what is together ImageNet's deviation", () => {
    const { preprocessing, warnings } = read(efficientNet);
    expect(preprocessing).toMatchObject({ size: 224, resize: { fit: "squash", filter: "nearest" } });
    preprocessing.std.forEach((value, channel) => {
      expect(value).toBeCloseTo(IMAGENET.std[channel]!, 6);
    });
    expect(warnings).toEqual([]);
  });

  it("of an EfficientNet with an offset has 0 in the middle before it normalises", () => {
    const { preprocessing } = read({
      ...{ ...efficientNet, include_top: false, rescale_offset: true, rescale_factor: 1 / 127.5 },
      ...{ image_mean: [0.5, 0, 0], image_std: [1, 2, 1] },
    });
    const values = valuesOf({ ...preprocessing, size: 4 }, 255, 255, 0);
    [0.5, 0.5, -1].forEach((value, channel) => {
      expect(values[channel]).toBeCloseTo(value, 6);
    });
  });

  it("of an EfficientNet with an offset takes 1 away, whatever the factor is", () => {
    const { preprocessing } = read({
      ...{ ...efficientNet, include_top: false, rescale_offset: true, rescale_factor: 1 / 255 },
      ...{ image_mean: [0.5, 0, 0], image_std: [1, 2, 1] },
    });
    const values = valuesOf({ ...preprocessing, size: 4 }, 255, 255, 0);
    [-0.5, 0, -1].forEach((value, channel) => {
      expect(values[channel]).toBeCloseTo(value, 6);
    });
    const { mean } = read({ ...vit, rescale_offset: true }).preprocessing;
    expect(mean).toEqual([0.5, 0.5, 0.5]);
  });

  it("of a MobileViT has blue first, from 0 to 1", () => {
    const { preprocessing } = read({
      ...{ crop_size: { height: 256, width: 256 }, do_center_crop: true, do_flip_channel_order: true },
      ...{ do_rescale: true, do_resize: true, resample: 2, rescale_factor: 0.00392156862745098 },
      ...{ image_processor_type: "MobileViTImageProcessor", size: { shortest_edge: 288 } },
    });
    expect(preprocessing).toMatchObject({ size: 256, channelOrder: "bgr", resize: { resizeTo: 288 } });
    const [first, , last] = valuesOf(
      { ...preprocessing, size: 4, resize: { fit: "squash", filter: "triangle" } },
      255,
      0,
      0,
    );
    expect([first, last]).toEqual([0, 1]);
  });

  it("says what it leaves out", () => {
    const { warnings } = read({
      ...vit,
      image_processor_type: "ViltImageProcessor",
      do_pad: true,
      resample: 1,
    });
    expect(warnings).toEqual([
      "Photos are resized bilinearly, not by lanczos: inputs differ by a few levels.",
      "'Vilt' is no image processor that is known here: its entries are read as ViT's.",
      "Photos are not padded: 'do_pad' is left out.",
    ]);
  });

  it.each([
    [{ ...vit, do_resize: false }, "'do_resize' is false"],
    [{ ...vit, size: { shortest_edge: 256 } }, "'size' is the shorter side's alone"],
    [{ ...vit, do_center_crop: true, crop_size: 256 }, "'crop_size' is larger than 'size'"],
    [{ ...vit, size: { longest_edge: 224 } }, "'size'"],
    [{ ...vit, image_std: undefined }, "'image_mean' or 'image_std' is missing"],
    [{ ...vit, resample: 9 }, "'resample' must be one of 0, 1, 2, 3, 4, 5, but is 9"],
    [[], "it must be an object, but is []"],
    [{ ...vit, size: "224" }, "'size' must be a number, height and width, or shortest_edge, but is '224'"],
  ])("is refused where it does not say how photos become inputs: %j", (config, problem) => {
    expect(() => read(config)).toThrow(
      expect.objectContaining({
        code: "preprocessing-invalid",
        subject: "preprocessor_config.json",
        message: expect.stringContaining(problem),
      }),
    );
  });

  it("is refused where it is not JSON", () => {
    expect(() => huggingFacePreprocessing("<html>", "p.json")).toThrow("it is not JSON");
  });
});

describe("timm's config.json", () => {
  const read = (entries: object) => timmPreprocessing(JSON.stringify(entries), "config.json");
  const cfg = {
    tag: "a1_in1k",
    custom_load: false,
    input_size: [3, 224, 224],
    fixed_input_size: false,
    interpolation: "bicubic",
    crop_pct: 0.95,
    crop_mode: "center",
    ...{ mean: IMAGENET.mean, std: IMAGENET.std, num_classes: 1000, pool_size: [7, 7], first_conv: "conv1" },
  };
  const resnet = { architecture: "resnet50", num_classes: 1000, pretrained_cfg: cfg };

  it("cuts out its share of the shorter side", () => {
    const { preprocessing, warnings } = read(resnet);
    expect(preprocessing).toEqual({
      ...notebookPreprocessing,
      size: 224,
      resize: { fit: "cover", filter: "triangle", resizeTo: 235 },
      ...IMAGENET,
    });
    expect(warnings).toEqual([bicubic]);
  });

  it("of older versions has its entries at the top", () => {
    expect(read({ architecture: "resnet50", ...cfg })).toEqual(read(resnet));
  });

  it("has timm's defaults where it says nothing", () => {
    expect(read({ pretrained_cfg: { pool_size: null, crop_pct: null } }).preprocessing).toMatchObject({
      size: 224,
      resize: { fit: "cover", resizeTo: 256 },
      ...IMAGENET,
    });
  });

  it.each([
    [{ crop_mode: "squash", crop_pct: 0.9 }, 224, { fit: "squash", resizeTo: 248 }],
    [{ crop_mode: "squash", crop_pct: 1, input_size: [3, 256, 128] }, [256, 128], { fit: "squash" }],
    [{ crop_mode: "border", crop_pct: 1 }, 224, { fit: "pad", position: "centre", padding: [124, 116, 104] }],
  ])("is read with %j", (change, size, resize) => {
    const { preprocessing } = read({ pretrained_cfg: { ...cfg, ...change } });
    expect(preprocessing).toMatchObject({ size, resize });
  });

  it.each([
    [{ crop_mode: "border" }, "'crop_mode' 'border' and 'crop_pct' 0.95 for 224 × 224 pixels cannot be had"],
    [{ input_size: [3, 256, 128] }, "cannot be had"],
    [{ input_size: [1, 28, 28] }, "'pretrained_cfg.input_size.0' must be 3, but is 1"],
    [{ mean: [0.5] }, "'pretrained_cfg.mean"],
    [
      { mean: [0.5, 0.5, 0.5, 0.5] },
      "'pretrained_cfg.mean' must be a number or three, but is [0.5,0.5,0.5,0.5]",
    ],
    [{ mean: "0.5" }, "'pretrained_cfg.mean' must be a number or three, but is '0.5'"],
    [{ input_size: [3, 224, 224, 1] }, "'pretrained_cfg.input_size.3' is unknown"],
  ])("is refused with %j", (change, problem) => {
    expect(() => read({ pretrained_cfg: { ...cfg, ...change } })).toThrow(problem);
  });
});

describe("what a command line says", () => {
  const found: PreprocessingSpecification = {
    ...notebookPreprocessing,
    size: 224,
    resize: { fit: "cover", filter: "triangle", resizeTo: 235 },
    channelOrder: "bgr",
  };

  it("takes the place of what a file said, part by part", () => {
    expect(chosenPreprocessing({}, found)).toEqual(found);
    expect(chosenPreprocessing({ channels: "rgb" }, found)).toEqual({ ...found, channelOrder: "rgb" });
    expect(chosenPreprocessing({ preprocessing: "imagenet" }, found)).toEqual({ ...found, ...IMAGENET });
    expect(chosenPreprocessing({ resize: "240" }, found)).toEqual({
      ...found,
      resize: { ...found.resize, resizeTo: 240 },
    });
    expect(chosenPreprocessing({ imageSize: "448" }, found)).toEqual({
      ...found,
      size: 448,
      resize: { ...found.resize, resizeTo: 512 },
    });
  });

  it.each([
    [{}, 256, "cover"],
    [{ imageSize: "299" }, 342, "cover"],
    [{ imageSize: "48x192" }, undefined, "squash"],
    [{ imageSize: "48x192", resize: "200" }, 200, "cover"],
    [{ resize: "squash" }, undefined, "squash"],
  ])("of %j alone", (choice, resizeTo, fit) => {
    const { resize } = chosenPreprocessing({ preprocessing: "0..1", imageSize: "224", ...choice });
    expect(resize).toEqual({ fit, filter: "triangle", ...(resizeTo !== undefined && { resizeTo }) });
  });

  it.each([
    ["0..1", [0, 1]],
    ["-1..1", [-1, 1]],
    ["mean=0.5,std=0.25", [-2, 2]],
    ["std=256,scale=1,mean=127.5", [-127.5 / 256, 127.5 / 256]],
  ])("'%s' makes black and white %j", (preprocessing, [black, white]) => {
    const chosen = chosenPreprocessing({ preprocessing, imageSize: "2", resize: "squash" });
    expect(valuesOf(chosen, 0, 0, 0)[0]).toBeCloseTo(black!, 6);
    expect(valuesOf(chosen, 255, 255, 255)[2]).toBeCloseTo(white!, 6);
  });

  it("has means and deviations in the order of the channels", () => {
    const { mean, std } = chosenPreprocessing({
      preprocessing: "mean=0.1,0.2,0.3,std=0.4,0.5,0.6",
      channels: "bgr",
      imageSize: "224",
    });
    expect({ mean, std }).toEqual({ mean: [0.1, 0.2, 0.3], std: [0.4, 0.5, 0.6] });
  });

  it.each(["pad", "pad-right-bottom"])("'%s' is 0 where the photo is not", (resize) => {
    const chosen = chosenPreprocessing({
      preprocessing: "imagenet",
      channels: "bgr",
      imageSize: "4x8",
      resize,
    });
    const photo = { data: new Uint8Array(3 * 16).fill(255), width: 4, height: 4 };
    const input = preprocess(photo, chosen);
    const edges = resize === "pad" ? [0, 1, 6, 7] : [4, 5, 6, 7];
    for (const [at, value] of input.entries()) {
      if (edges.includes(at % 8)) expect(value).toBeCloseTo(0, 12);
      else expect(value).toBeGreaterThan(2);
    }
  });

  it.each<[PreprocessingChoice, string, string]>([
    [{ preprocessing: undefined }, "option-missing", "'preprocessing' is missing"],
    [{ imageSize: undefined }, "option-missing", "'imageSize' is missing"],
    [{ preprocessing: "keras" }, "option-invalid", "'preprocessing' must be imagenet, 0..1, -1..1 or mean=…"],
    [{ preprocessing: "mean=0,std=0" }, "option-invalid", "'preprocessing'"],
    [{ preprocessing: "mean=1,2,std=1" }, "option-invalid", "'preprocessing'"],
    [{ preprocessing: "mean=0,std=1,gamma=2" }, "option-invalid", "'preprocessing'"],
    [{ preprocessing: "mean=0,std=1,mean=1" }, "option-invalid", "'preprocessing'"],
    [{ preprocessing: "mean=,std=1" }, "option-invalid", "'preprocessing'"],
    [{ channels: "grb" }, "option-invalid", "'channels' must be rgb or bgr, but is 'grb'"],
    [{ imageSize: "0" }, "option-invalid", "'imageSize' must be a side, or height x width"],
    [{ imageSize: "224x" }, "option-invalid", "'imageSize'"],
    [{ resize: "200" }, "option-invalid", "'resize' must be pixels from 224 on, squash, pad"],
    [{ resize: "crop" }, "option-invalid", "'resize'"],
  ])("is refused: %j", (choice, code, message) => {
    expect(() => chosenPreprocessing({ preprocessing: "0..1", imageSize: "224", ...choice })).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it("asks for the scale of means that are levels", () => {
    expect(() =>
      chosenPreprocessing({ preprocessing: "mean=123.7,116.3,103.5,std=58.4", imageSize: "224" }),
    ).toThrow(expect.objectContaining({ hint: expect.stringContaining("add scale=1") }));
  });
});
