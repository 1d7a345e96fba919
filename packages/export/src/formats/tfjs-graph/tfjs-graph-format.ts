// A graph model of TensorFlow.js: model.json for `loadGraphModel`, and its weights in files beside it.
import { classifierGraph } from "@fleuron/graph";
import { graphDefJson, inferenceNodes } from "@fleuron/graph/tensorflow";
import { type BundlePrecision, networkParameters } from "@fleuron/model";
import type { io } from "@tensorflow/tfjs-core";
import { checkWeights } from "../../check-weights.js";
import type { EncodedFile, ModelFormat } from "../../format.js";
