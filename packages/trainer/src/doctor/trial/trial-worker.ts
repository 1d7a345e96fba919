import { answerParent } from "@fleuron/machine";
import { tryTraining } from "./trial.js";

await answerParent(tryTraining);
