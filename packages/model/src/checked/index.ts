export { type Checked, checked, mustBe } from "./checked.js";
