import type { TrainedModel } from "@fleuron/export";
import { alexnet, initialise, networkParameters, notebookPreprocessing } from "@fleuron/model";
import { recipes } from "@fleuron/training";

/**
 * AlexNet of five classes, of full width unless another one is given, with drawn weights: time and memory do not depend on
 * what they are. Photos are preprocessed as by the default recipe.
 */
export function drawnModel(width = 1): TrainedModel {
  const network = alexnet({ classes: 5, width });
  return {
    network,
    labels: ["daisy", "dandelion", "roses", "sunflowers", "tulips"],
    preprocessing: {
      ...notebookPreprocessing,
      resize: { fit: "cover", filter: "triangle", resizeTo: 256 },
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    },
    temperature: 1,
    weights: new Map(
      networkParameters(network).map((parameter, index) => [
        parameter.name,
        initialise(parameter, index, recipes.modern.initialisation, 0),
      ]),
    ),
  };
}
