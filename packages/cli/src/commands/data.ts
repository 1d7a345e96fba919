import { newCommand } from "../command-line/new-command.js";
import type { Context } from "../context.js";
import { dataCheck } from "./data-check.js";
import { dataFetch } from "./data-fetch.js";
import { dataMake } from "./data-make.js";

/** What can be done with photos before training. */
export const data = (context: Context) =>
  newCommand({
    name: "data",
    description: "Fetches photos, draws pictures, or checks photos.",
    examples: [
      ["pnpm fleuron data fetch", "3,670 photos of flowers, into the cache"],
      ["pnpm fleuron data check photos", "unreadable, duplicate and tiny photos"],
      ["pnpm fleuron data make --out drawn", "2,000 drawn flowers"],
    ],
  })
    .addCommand(dataFetch(context))
    .addCommand(dataCheck(context))
    .addCommand(dataMake(context));
