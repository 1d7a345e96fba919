/** [N, C, pixels] as [N, pixels, C]. */
export function channelsLast(images: Float32Array, channels: number, pixels: number): Float32Array {
  const out = new Float32Array(images.length);
  for (let to = 0; to < out.length; to++) {
    const photo = Math.floor(to / (channels * pixels));
    const pixel = Math.floor(to / channels) % pixels;
    out[to] = images[(photo * channels + (to % channels)) * pixels + pixel]!;
  }
  return out;
}
