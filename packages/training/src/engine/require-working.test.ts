import { expect, it } from "vitest";
import { bad, good } from "./finding.js";
import { requireWorking } from "./require-working.js";

it.each([
  [bad("installed", "no", "Install it.", "not-installed"), "The engine swift is not installed."],
  [bad("wings", "none", "Grow some."), "The engine swift does not work here: wings: none."],
])("says of %o what is wrong and what to do", (finding, message) => {
  expect(() => requireWorking("swift", [good("beak", "there"), finding])).toThrow(
    expect.objectContaining({ code: "engine-unavailable", subject: "swift", message, hint: finding.hint }),
  );
  expect(() => requireWorking("swift", [good("beak", "there")])).not.toThrow();
});
