// The results of the cases as a table.
const outcomes = ["passed", "failed", "refused", "no image"];

const count = (results, outcome) => results.filter((each) => each.outcome === outcome).length;

/** One line. Cases that slide over the three axes of a volume are no cases of image networks. */
export function summaryOf(results) {
  const [passed, failed, refused, others] = outcomes.map((outcome) => count(results, outcome));
  const share = ((100 * passed) / (passed + failed + refused || 1)).toFixed(1);
  return `${passed + failed + refused} cases: ${passed} passed (${share}%), ${failed} failed, ${refused} refused; beside them ${others} on volumes.`;
}

/** By operator, with the words of refusals and what failed. */
export function tableOf(results, version) {
  const operators = [...new Set(results.map(({ operator }) => operator))].sort();
  const rows = operators.map((operator) => {
    const own = results.filter((each) => each.operator === operator);
    const reasons = [
      ...new Set(own.filter(({ outcome }) => outcome === "failed" || outcome === "refused").map(reasonOf)),
    ];
    return `| ${operator} | ${outcomes.map((outcome) => count(own, outcome)).join(" | ")} | ${reasons.join("; ")} |`;
  });
  return [
    `onnx ${version}: ${summaryOf(results)}`,
    "",
    "| Operator | Passed | Failed | Refused | Volumes | Why |",
    "| --- | ---: | ---: | ---: | ---: | --- |",
    ...rows,
  ].join("\n");
}

/** What the importer says, without the node's name. */
const reasonOf = ({ outcome, name, message }) =>
  outcome === "failed"
    ? `failed: ${name}`
    : message.replace(/^\w+ '[^']*' /, "").replace(/, which is not supported\.$/, "");
