import { answerParent } from "../../child/run-in-child.js";
import { tryTraining } from "./trial.js";

await answerParent(tryTraining);
