export const testTimeAugmentations = ["none", "flip", "ten-crop"] as const;

/**
 * `none`: the photo as it is preprocessed; `flip`: that and its mirror image; `ten-crop`: four corners and the
 * centre of the resized central square, and their mirror images (Krizhevsky et al. 2012, section 4.1).
 */
export type TestTimeAugmentation = (typeof testTimeAugmentations)[number];
