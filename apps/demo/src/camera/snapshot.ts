export interface SnapshotOptions {
  readonly name: string;
  readonly type: "image/png" | "image/jpeg";
  /** Pixels; a larger picture is made smaller. Default: as large as it is. */
  readonly longerSide?: number;
}

/** What a camera shows now, as a file. */
export async function snapshot(video: HTMLVideoElement, options: SnapshotOptions): Promise<File> {
  const { name, type, longerSide = Number.POSITIVE_INFINITY } = options;
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, longerSide / Math.max(videoWidth, videoHeight));
  const canvas = new OffscreenCanvas(Math.round(videoWidth * scale), Math.round(videoHeight * scale));
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return new File([await canvas.convertToBlob({ type, quality: 0.92 })], name, { type });
}
