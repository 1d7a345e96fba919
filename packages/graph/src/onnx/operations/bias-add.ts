import type { Lowering } from "../lowering.js";
import { spreadChannels } from "./per-channel.js";

export const biasAdd: Lowering<"biasAdd"> = ({ inputs: [x, bias], emit }) => {
  const absorbed = emit.takeBias(x.name, bias.name);
  if (absorbed !== undefined) return [absorbed];
  return [emit.node("Add", [x.name, spreadChannels(emit, bias.name, x.shape)])];
};
