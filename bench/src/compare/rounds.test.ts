import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeTurns } from "./rounds.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fleuron-rounds-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const say = (message: object) => `console.log(${JSON.stringify(JSON.stringify(message))});`;
const ready = say({ ready: { parameters: 3, versions: { library: "1.0" } } });
const end = say({ end: { peakRssBytes: 7 } });
const readLines = "for await (const line of require('node:readline').createInterface(process.stdin))";

/** A contender whose program is JavaScript. */
const entrant = (id: string, body: string) => ({
  id,
  file: process.execPath,
  args: ["-e", `(async () => { ${body} })()`],
});
/** Notes its turns in a file; its n-th step takes n milliseconds. */
const wellBehaved = (id: string) =>
  entrant(
    id,
    `let n = 0; ${ready} ${readLines} {
      require("node:fs").appendFileSync(${JSON.stringify(join(folder, "turns"))}, ${JSON.stringify(id)});
      console.log(JSON.stringify({ step: { ms: ++n, loss: 1 } }));
    } ${end}`,
  );
const turns = () => (existsSync(join(folder, "turns")) ? readFileSync(join(folder, "turns"), "utf8") : "");
const options = { steps: 2, warmUp: 1, parameters: 3 };

describe("contenders that take turns", () => {
  it("step one after the other, round by round, and the warm-up does not count", async () => {
    const outcomes = await takeTurns([wellBehaved("a"), wellBehaved("b")], options);
    expect(turns()).toBe("ababab");
    expect(outcomes.get("a")).toEqual({
      status: "measured",
      steps: [2, 3],
      peakRssBytes: 7,
      versions: { library: "1.0" },
    });
  });

  it.each([
    ["dies at once", `console.error("ImportError: no module"); process.exit(3);`, /code 3: ImportError/],
    ["dies in a step", `${ready} ${readLines} process.kill(process.pid, "SIGKILL");`, /ended by SIGKILL/],
    ["has another network", say({ ready: { parameters: 4, versions: {} } }), /4 parameters, not 3/],
    ["does not learn", `${ready} ${readLines} ${say({ step: { ms: 1, loss: null } })}`, /loss became null/],
    ["answers nonsense", `console.log("hello");`, /not valid JSON/],
  ])("one that %s is left out, and the others go on", async (_, body, reason) => {
    const outcomes = await takeTurns([entrant("bad", body), wellBehaved("a")], options);
    expect(outcomes.get("bad")).toEqual({ status: "failed", reason: expect.stringMatching(reason) });
    expect(outcomes.get("a")?.status).toBe("measured");
    expect(turns()).toBe("aaa");
  });

  it("one that is not asked for its parameters need not count them", async () => {
    const { parameters: _, ...unasked } = options;
    const body = wellBehaved("a").args[1]!.replaceAll('\\"parameters\\":3,', "");
    expect(body).not.toContain("parameters");
    const uncounted = { ...wellBehaved("a"), args: ["-e", body] };
    expect((await takeTurns([uncounted], unasked)).get("a")?.status).toBe("measured");
    expect((await takeTurns([uncounted], options)).get("a")?.status).toBe("failed");
  });

  it("one that cannot be started is left out", async () => {
    const missing = { id: "missing", file: join(folder, "nothing-here"), args: [] };
    const outcomes = await takeTurns([missing], options);
    expect(outcomes.get("missing")).toEqual({
      status: "failed",
      reason: expect.stringMatching(/could not be started/),
    });
  });
});
