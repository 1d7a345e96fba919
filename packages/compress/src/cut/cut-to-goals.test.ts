import { type Network, networkParameters, networks } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import { wireBytes } from "../bytes/wire-bytes.js";
import { type Costs, multiplicationsOf } from "./costs.js";
import { cutToGoals } from "./cut-to-goals.js";
import { cuttableLayers } from "./cuttable-layers.js";
import { fewestUnits } from "./fewest-units.js";
import { withUnits } from "./with-units.js";

const alexnet = networks.alexnet({ classes: 5 });
const fourBits = new Map(networkParameters(alexnet).map(({ name }) => [name, 4]));
const costsOf = (network: Network): Costs => ({
  bytes: wireBytes(network, fourBits),
  multiplications: multiplicationsOf(network),
});
const whole = costsOf(alexnet);

/** What is left of AlexNet, all of whose units matter the same. */
function left(goals: Costs): Network {
  const layers = cuttableLayers(alexnet);
  const importance = new Map(layers.map(({ id, units }) => [id, new Float64Array(units).fill(1)]));
  const fewest = fewestUnits(alexnet);
  const kept = cutToGoals({ network: alexnet, layers, importance, fewest, costsOf, goals });
  return withUnits(alexnet, new Map([...kept].map(([id, units]) => [id, units.length])));
}

describe("a cut", () => {
  it("leaves no more of either cost than was asked", () => {
    const costs = costsOf(left({ bytes: 2_000_000, multiplications: whole.multiplications / 2 }));
    expect(costs.bytes).toBeLessThanOrEqual(2_000_000);
    expect(costs.multiplications).toBeLessThanOrEqual(whole.multiplications / 2);
    expect(costs.bytes).toBeGreaterThan(1_800_000);
  });

  it("minds one cost alone where there is enough of the other", () => {
    const layerOf = (goals: Partial<Costs>, id: string) =>
      left({ ...whole, ...goals }).layers.find((layer) => layer.id === id);
    expect(layerOf({ bytes: whole.bytes * 0.7 }, "conv2")).toMatchObject({ filters: 256 });
    expect(layerOf({ multiplications: whole.multiplications / 2 }, "dense2")).toMatchObject({ units: 4096 });
  });

  it("takes nothing of a network that costs no more", () => {
    expect(costsOf(left(whole))).toEqual(whole);
  });
});

it.each([
  ["alexnet", 227],
  ["resnet18", 224],
  ["mobilenet-v2", 224],
] as const)("half of the multiplications of %s can go", (name, imageSize) => {
  const network = networks[name]({ classes: 5, imageSize });
  const narrowest = withUnits(network, fewestUnits(network));
  expect(multiplicationsOf(narrowest)).toBeLessThan(multiplicationsOf(network) / 2);
});
