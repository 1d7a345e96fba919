// `pnpm bench train [--compare | --profile [--forms]]`.
import { benchOptions } from "./arguments.js";

const options = benchOptions();
if (options.compare) await (await import("./compare/compare.js")).compare(options);
else if (options.forms) await (await import("./profile/measure-forms.js")).measureForms(options);
else if (options.profile) await (await import("./profile/profile-train.js")).profileTrain(options);
else await (await import("./train-alone.js")).trainAlone(options);
