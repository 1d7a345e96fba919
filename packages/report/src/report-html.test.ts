import { htmlProblems } from "@fleuron/testing";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { madeUpReport } from "./fixtures/made-up-report.js";
import { reportHtml } from "./report-html.js";

const textOf = (page: string) => parseHTML(page).document.body.textContent.replace(/\s+/g, " ");

describe("the report", () => {
  it.each([
    ["three epochs of two classes", {}],
    ["one epoch", { epochs: 1 }],
    ["two hundred epochs", { epochs: 200 }],
    ["ten classes", { labels: Array.from({ length: 10 }, (_, index) => `class ${index}`) }],
    ["thirty classes", { labels: Array.from({ length: 30 }, (_, index) => `class ${index}`) }],
    ["a hundred classes", { labels: Array.from({ length: 100 }, (_, index) => `class ${index}`) }],
    ["labels of other scripts, one of them endless", { labels: ["雛菊", "роза", "x".repeat(300)] }],
  ])("of %s is whole, fetches nothing and stays small", (_, run) => {
    const page = reportHtml(madeUpReport(run));
    expect(htmlProblems(page)).toEqual([]);
    expect(page).not.toContain("NaN");
    expect(page).not.toContain("undefined");
    expect(page.length).toBeLessThan(500_000);
  });

  it("of a compressed run shows what each step has given up and won", () => {
    const data = madeUpReport();
    const figures = { valLoss: 0.5, milliseconds: 12.34 };
    const steps = [
      { step: "trained", parameters: 58_307_333, bytes: 24_000_000, valAccuracy: 0.8, ...figures },
      { step: "cut", parameters: 3_500_000, bytes: 1_900_000, valAccuracy: 0.55, ...figures },
      { step: "rounded", parameters: 3_500_000, bytes: 1_940_000, valAccuracy: 0.795, ...figures },
    ];
    const record = { ...data.record, compression: { run: "/runs/whole", steps } };
    const page = reportHtml({ ...data, record });
    expect(htmlProblems(page)).toEqual([]);
    const { document } = parseHTML(page);
    const rows = [...document.querySelectorAll("tbody tr")].map((row) => row.textContent.trim());
    expect(rows).toContain("rounded3,500,00014.0 MB1.9 MB79.5%0.500012.3 ms");
    const plots = [...document.querySelectorAll('svg[aria-label^="Accuracy against"]')];
    expect(plots.map((plot) => plot.getAttribute("aria-label"))).toEqual([
      "Accuracy against bytes on the wire",
      "Accuracy against time for a photo",
      "Accuracy against memory",
    ]);
    for (const plot of plots)
      expect([...plot.querySelectorAll("text")].map((one) => one.textContent)).toEqual(
        expect.arrayContaining(["trained", "cut", "rounded", "80.0%"]),
      );
    expect(reportHtml(data)).not.toContain("Compression");
  });

  it("shows what each file of the bundle costs and gives, as long as the weights are the bundle's", () => {
    const data = madeUpReport();
    const files = [
      { precision: "float32", wireBytes: 233e6, accuracy: 0.8, milliseconds: 41.25, peakBytes: 812e6 },
      { precision: "compact", wireBytes: 1_970_359, accuracy: 0.795, milliseconds: 10.9, peakBytes: 171e6 },
    ];
    const measured = { epochs: 3, photos: 690, cpu: "a processor", files };
    const pageOf = (bundle: typeof measured) => reportHtml({ ...data, record: { ...data.record, bundle } });
    const page = pageOf(measured);
    expect(htmlProblems(page)).toEqual([]);
    const { document } = parseHTML(page);
    const rows = [...document.querySelectorAll("tbody tr")].map((row) => row.textContent.trim());
    expect(rows).toContain("float32233.0 MB80.0%41.3 ms812.0 MB");
    expect(rows).toContain("compact2.0 MB79.5%10.9 ms171.0 MB");
    expect(document.querySelectorAll('svg[aria-label^="Accuracy against"]')).toHaveLength(3);
    expect(textOf(page)).toContain("named the same 690 photos");
    expect(pageOf({ ...measured, epochs: 2 })).not.toContain("The files of its bundle");
    const single = parseHTML(pageOf({ ...measured, files: files.slice(1) })).document;
    expect(single.querySelectorAll('svg[aria-label^="Accuracy against"]')).toHaveLength(0);
    expect([...single.querySelectorAll("tbody tr")].map((row) => row.textContent.trim())).toContain(
      "compact2.0 MB79.5%10.9 ms171.0 MB",
    );
  });

  it("tells a browser to fetch nothing", () => {
    const { document } = parseHTML(reportHtml(madeUpReport()));
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
    expect(policy?.getAttribute("content")).toBe(
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
    );
  });

  it("says the accuracy with its interval, the best epoch, and what guessing would give", () => {
    const text = textOf(reportHtml(madeUpReport({ labels: ["a", "b", "c", "d"] })));
    expect(text).toContain("80.0%");
    expect(text).toContain(
      "of 40 photos that it was not trained on are classified correctly by the weights of epoch 3 of 3, the end of its schedule",
    );
    expect(text).toContain("loss 0.4321");
    // Wilson's, of 32 in 40.
    expect(text).toContain("95% interval 65.2% to 89.5%");
    expect(text).toContain("always the commonest 25%");
  });

  it("has each class' precision, recall and F1, and its row of the confusion matrix", () => {
    const { document } = parseHTML(reportHtml(madeUpReport()));
    const rows = [...document.querySelectorAll("table tbody tr")].map((row) =>
      [...row.querySelectorAll("th, td")].map((cell) => cell.textContent),
    );
    expect(rows).toContainEqual(["daisy", "10", "80.0%", "80.0%", "80.0%"]);
    const matrix = document.querySelector('svg[aria-label^="Confusion matrix"]');
    const texts = [...(matrix?.querySelectorAll("text") ?? [])].map((one) => one.textContent);
    expect(texts.slice(-4)).toEqual(["8", "2", "2", "8"]);
  });

  it("shows a dash for the precision of a class that was never named", () => {
    const data = madeUpReport();
    const confusion = [
      [10, 0],
      [10, 0],
    ];
    const { document } = parseHTML(reportHtml({ ...data, evaluation: { ...data.evaluation, confusion } }));
    const rows = [...document.querySelectorAll("table tbody tr")].map((one) =>
      [...one.querySelectorAll("th, td")].map((cell) => cell.textContent),
    );
    expect(rows.find((cells) => cells[0] === "roses" && cells.length === 5)?.[2]).toBe("–");
    // The matrix is a picture: its mistakes are in words, too.
    expect(rows).toContainEqual(["roses", "daisy", "10"]);
  });

  it("draws how reliable its probabilities are, and says what its threshold does", () => {
    const page = reportHtml(madeUpReport());
    const { document } = parseHTML(page);
    const diagram = document.querySelector('svg[aria-label^="Reliability diagram of 10 photos"]');
    // Ten photos of ten confidences lie in ten of fifteen bins.
    expect(diagram?.querySelectorAll('g[aria-label="rect"] rect')).toHaveLength(10);
    const text = textOf(page);
    expect(text).toContain("the 10 photos that they were not fitted to");
    expect(text).toContain("temperature0.8123");
    // Of 0.05 to 0.95, three are below 0.35, and of the others two are wrong: every fifth, from the first.
    expect(text).toContain("“none of these” below35.0%");
    expect(text).toContain("that this rejects30.0%");
    expect(text).toContain("correct among the others85.7%");
  });

  it("says which of its losses have the fitted temperature", () => {
    const data = madeUpReport();
    const said = ["loss 0.4321 at the fitted temperature.", "and before a temperature was fitted."];
    expect(said.filter((words) => textOf(reportHtml(data)).includes(words))).toEqual(said);
    const page = textOf(reportHtml({ ...data, evaluation: { ...data.evaluation, temperature: 1 } }));
    expect(page).not.toContain("fitted temperature.");
    expect(page).not.toContain("temperature was fitted");
  });

  it("draws training in grey against validation in ink, each with its name", () => {
    const { document } = parseHTML(reportHtml(madeUpReport()));
    const accuracy = document.querySelector('svg[aria-label^="Accuracy over"]');
    const lines = [...(accuracy?.querySelectorAll('g[aria-label="line"]') ?? [])];
    expect(lines.map((line) => line.getAttribute("stroke"))).toEqual(["var(--training)", "var(--ink)"]);
    expect(accuracy?.textContent).toContain("training 76.7%");
    expect(accuracy?.textContent).toContain("validation 80.0%");
    expect(accuracy?.textContent).toContain("best, epoch 3");
  });

  it("shows the hardest photos with what they show and what they were taken for, also those that are gone", () => {
    const { document } = parseHTML(reportHtml(madeUpReport()));
    const [there, gone] = [...document.querySelectorAll(".specimen")];
    expect(there?.querySelector("img")?.getAttribute("alt")).toBe("daisy, taken for roses");
    expect(there?.textContent.replace(/\s+/g, " ")).toContain("daisy loss 2.08");
    expect(there?.textContent).toContain("87.5%");
    expect(there?.textContent).toContain("daisy/0.jpg");
    expect(gone?.querySelector("img")).toBeNull();
    expect(gone?.textContent).toContain("no longer there");
  });

  it("shows the own class of a photo also where it was found unlikely", () => {
    const data = madeUpReport({ labels: ["a", "b", "c", "d", "e"] });
    const probabilities = [0.01, 0.5, 0.3, 0.1, 0.09];
    const hardest = [{ ...data.hardest[0]!, probabilities }];
    const { document } = parseHTML(reportHtml({ ...data, hardest }));
    const shown = [...document.querySelectorAll(".specimen dt")].map((one) => one.textContent);
    expect(shown).toEqual(["b", "c", "a"]);
  });

  it("says loudly when the flowers were drawn, and only then", () => {
    expect(textOf(reportHtml(madeUpReport()))).not.toContain("drawn");
    const drawn = reportHtml(madeUpReport({ dataset: { name: "procedural" } }));
    expect(parseHTML(drawn).document.querySelector(".banner")?.textContent).toContain(
      "These flowers were drawn by a program.",
    );
    expect(textOf(drawn)).toContain("of 20 drawn pictures that it was not trained on");
  });

  it("says loudly when the weights that it began with knew the photos that it held out, and only then", () => {
    const informed = textOf(reportHtml(madeUpReport({ dataset: { learntBefore: 16 } })));
    expect(informed).toContain("Its initial weights were trained on 16 of them");
    expect(informed).not.toContain("not trained on");
    for (const dataset of [{}, { learntBefore: 0 }]) {
      expect(textOf(reportHtml(madeUpReport({ dataset })))).not.toContain("initial weights");
    }
  });

  it("credits the photographers of the flower photos, and nobody else", () => {
    const credited = (name: "flowers" | "folder") =>
      textOf(reportHtml(madeUpReport({ dataset: { name } }))).includes("CC BY");
    expect([credited("flowers"), credited("folder")]).toEqual([true, false]);
  });

  it("names the folder of photos without the way to it", () => {
    const text = textOf(reportHtml(madeUpReport()));
    expect(text).toContain("folder photos");
    expect(text).not.toContain("somebody");
  });

  it("shows hostile labels, paths and names as the text that they are", () => {
    const hostile = `<script>alert("1")</script>'&amp;<img src=x onerror=alert(1)>`;
    const page = reportHtml(madeUpReport({ labels: [hostile, `"><b>`], name: hostile }));
    const { document } = parseHTML(page);
    expect(htmlProblems(page.replaceAll(/&lt;[^<]*?&gt;/g, ""))).toEqual([]);
    expect(document.querySelector("h1")?.textContent).toBe(hostile);
    expect(document.querySelectorAll("script, b, img[onerror], [onerror]")).toHaveLength(0);
    expect(document.querySelector(".specimen .serif")?.textContent).toBe(hostile);
    expect(document.querySelector(".path")?.textContent).toBe(`${hostile}/0.jpg`);
    expect(document.querySelector("th.name")?.textContent).toBe(hostile);
  });

  it("shows what would reorder or break a line, in the charts too", () => {
    const page = reportHtml(madeUpReport({ labels: ["\u202egpj", "a\u001b[8m"], name: "run\u2066" }));
    expect(["\u001b", "\u202e", "\u2066"].filter((mark) => page.includes(mark))).toEqual([]);
    const { document } = parseHTML(page);
    expect(document.querySelector("h1")?.textContent).toBe("run<U+2066>");
    expect(document.querySelector("th.name")?.textContent).toBe("<U+202E>gpj");
    const charted = [...document.querySelectorAll("svg text")].map(({ textContent }) => textContent);
    expect(charted).toEqual(expect.arrayContaining(["<U+202E>gpj", "a␛[8m"]));
  });
});
