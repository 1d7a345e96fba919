import type { SourceAgreement } from "@fleuron/export/node";
import { shownPath } from "../paths.js";
import type { Canvas } from "../terminal/canvas.js";
import { wrapWords } from "../terminal/wrap.js";

/** How far a bundle and the file that it was imported from are apart. */
export function agreementLines(agreement: SourceAgreement | null, { colours, width }: Canvas) {
  if (agreement === null)
    return wrapWords("Not compared with the file: there is no float32 ONNX model in the bundle.", width);
  const { source, images, maxDifference, passed } = agreement;
  const differs = `largest difference ${maxDifference.toExponential(1)} of the largest probability`;
  const lines = wrapWords(`Compared with ${shownPath(source)} on ${images} drawn images: ${differs}`, width);
  return [...lines, passed ? colours.accent("float32 matches the file") : colours.error("float32 differs")];
}
