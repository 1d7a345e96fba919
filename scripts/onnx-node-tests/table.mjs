// The results of the cases as a table.
const outcomes = ["passed", "failed", "refused"];

const count = (results, outcome) => results.filter((each) => each.outcome === outcome).length;

/** One line; of the cases that are not refused on purpose, how many pass. */
export function summaryOf(results) {
  const [passed, failed, refused] = outcomes.map((outcome) => count(results, outcome));
  const share = ((100 * passed) / (passed + failed || 1)).toFixed(1);
  return `${results.length} cases: ${passed} passed, ${failed} failed, ${refused} refused; ${share}% of those that are read pass.`;
}

/** By operator, with the words of refusals and what failed. */
export function tableOf(results, version) {
  const operators = [...new Set(results.map(({ operator }) => operator))].sort();
  const rows = operators.map((operator) => {
    const own = results.filter((each) => each.operator === operator);
    const reasons = [...new Set(own.filter(({ outcome }) => outcome !== "passed").map(reasonOf))];
    return `| ${operator} | ${outcomes.map((outcome) => count(own, outcome)).join(" | ")} | ${reasons.join("; ")} |`;
  });
  return [
    `onnx ${version}: ${summaryOf(results)}`,
    "",
    "| Operator | Passed | Failed | Refused | Why |",
    "| --- | ---: | ---: | ---: | --- |",
    ...rows,
  ].join("\n");
}

/** What the importer says, without the node's name. */
const reasonOf = ({ outcome, name, message }) =>
  outcome === "failed"
    ? `failed: ${name}`
    : message.replace(/^\w+ '[^']*' /, "").replace(/, which is not supported\.$/, "");

const BEGIN = "<!-- cases -->";
const END = "<!-- /cases -->";

/** The document with the table between its two marks. */
export function intoDocument(text, table) {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the document has no ${BEGIN} … ${END}`);
  return `${text.slice(0, begin + BEGIN.length)}\n${table}\n${text.slice(end)}`;
}
