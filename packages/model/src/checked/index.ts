export { type Checked, checked, mustBe } from "./checked.js";
export { parseJson } from "./parse-json.js";
