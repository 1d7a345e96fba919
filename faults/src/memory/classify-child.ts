// Classifies so many photos with a bundle, and reports its memory now and then. Arguments: bundle, photos as JSON, how
// many, how often.
import { loadClassifier } from "@fleuron/runtime-node";
import { report } from "./report.js";

const [bundle = "", photos = "[]", times = "0", every = "1"] = process.argv.slice(2);
const paths: readonly string[] = JSON.parse(photos);
await using classifier = await loadClassifier(bundle);
for (let done = 1; done <= Number(times); done++) {
  await classifier.classify(paths[done % paths.length]!);
  if (done % Number(every) === 0) report(done);
}
