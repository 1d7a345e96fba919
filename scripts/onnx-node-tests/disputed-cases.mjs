/**
 * Cases that fail for what they expect: they state a scale by which the size is no whole number, with `align_corners`, and count from the
 * broken size, where onnxruntime counts from the whole one, as the importer does.
 */
export const disputedCases = new Set([
  "test_resize_downsample_scales_cubic_align_corners",
  "test_resize_downsample_scales_linear_align_corners",
]);
