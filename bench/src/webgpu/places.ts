// Where the step is taken. To add a place: a line here.
import { softwareVulkan } from "@fleuron/testing";
import { inChromium } from "./in-chromium.js";
import { onDawn } from "./on-dawn.js";
import type { Place } from "./place.js";

export const places = {
  swiftshader: onDawn({
    async environment() {
      const vulkan = await softwareVulkan();
      return typeof vulkan === "string" ? vulkan : vulkan.environment;
    },
  }),
  lavapipe: onDawn({
    environment: async () =>
      /lvp|lavapipe/.test(process.env.VK_DRIVER_FILES ?? "")
        ? {}
        : "VK_DRIVER_FILES does not name it: set it to the lvp_icd.json of Mesa 25",
  }),
  gpu: onDawn({ isReal: true }),
  // It computes nothing: what remains is the processor's time to ask for a step. Losses are whatever lies in memory.
  null: onDawn({ backend: "null", contenders: ["fleuron"] }),
  chromium: inChromium({ contenders: ["fleuron", "jaxJs", "tfjsWebgpu", "onnxruntime"] }),
} as const satisfies Readonly<Record<string, Place>>;

export type PlaceName = keyof typeof places;

export const placeNames = Object.keys(places) as readonly PlaceName[];
