import { describe, expect, test } from "vitest";
import { drawFuzz, type FuzzView } from "../../src/cli/report/fuzz.ts";
import { makePaint } from "../../src/cli/report/paint.ts";
import type { FuzzReport } from "../../src/fuzz/finding.ts";
import { clean, finding, HARMLESS, hostileReport, replay, report } from "../fuzz/report/sample.ts";

const sink = { isTTY: false, columns: 80, write: async () => {} };
const plain = await makePaint({ color: "never" }, sink, {});
const colored = await makePaint({ color: "always" }, sink, {});

function draw(whole: FuzzReport, over: Partial<FuzzView> & { columns?: number } = {}, paint = plain): string {
  const { columns = 80, ...view } = over;
  const again = "cookiesess fuzz --seed 7 …";
  const exitCode = whole.findings.length > 0 ? 1 : 0;
  return drawFuzz({ report: whole, known: [], again, exitCode, ...view }, columns, paint);
}

test("the whole screen", () => {
  expect(draw(report({ findings: [finding({ note: "the last character" }), replay] }))).toBe(
    `baseline  genuine 200, 64 B · nobody 200, 14 B · told apart by the body · seed 7

integrity  312 ✓    structure  96 ✓      encoding  41 ✗ 1    time          38 ✓
purpose     54 ✓    replay      6 ✗ 1    content   61 ✓      weak secret  210 ✓

✗ critical  accepted-forgery                               encoding/spare-bits#3
            base64 spare bits of the signature were changed: the last character
            (accepted, 3 of 64 cases)
            Whoever can send a cookie can be any user. Compare the whole
            signature, as text, with one that you compute from what was
            received.
            curl -b 'sessionid=eyJhIjoxfQ:1uLFnd:KYYMPf3loHh9jPK8ouxyBoEhyLux3arFEwvLBK1p82R' http://127.0.0.1:8000/me

✗ medium    accepted-replay                                      replay/logout#3
            the session was ended with /logout (accepted)
            A copy of the cookie works after its session was ended: cookie
            sessions need a list to be revoked. Keep a list of ended sessions on
            the server, or keep cookies short-lived.
            curl -b 'sessionid=eyJhIjoxfQ:1uLFnd:KYYMPf3loHh9jPK8ouxyBoEhyLux3arFEwvLBK1p82R' http://127.0.0.1:8000/me

by design Django strips white space around a cookie's value. (structure/around,
          4 cases)
not made  2 attacks: no secret was given: --secret-env NAME
not made  1 attack: the format does not sign the name

one case again: --replay ID with the same seed
2 findings · 608 cases in 2.1 s · again: cookiesess fuzz --seed 7 …       exit 1
`,
  );
});

test("no finding", () => {
  const [baseline, groups, ending, ...more] = draw(clean).trimEnd().split("\n\n");
  expect(baseline).toMatch(/^baseline {2}genuine 200, 64 B/);
  expect(groups).not.toContain("✗");
  expect(ending).toMatch(/^✓ no finding · 608 cases in 2\.1 s · again: .* exit 0$/);
  expect(more).toEqual([]);
});

describe("an early end", () => {
  test.each([
    ["interrupted", "it was interrupted"],
    ["time", "the time was up"],
  ] as const)("%s", (stopped, words) => {
    expect(draw(report({ stopped }))).toContain(`\n! stopped early: ${words}\n`);
    const screen = draw({ ...clean, stopped });
    expect(screen).toContain("no finding so far");
    expect(screen.split("\n\n").at(-1)).not.toContain("✓");
  });
});

test("known findings are told, and are none", () => {
  const screen = draw(clean, { known: [replay] });
  expect(screen).toContain("known     accepted-replay replay/logout, in the baseline file");
  expect(screen).toContain("✓ no finding");
});

test("a group without cases did not pass", () => {
  const groups = [{ group: "time", cases: 0, findings: 0 }] as const;
  expect(draw(report({ groups }))).toMatch(/^time +none made$/m);
});

test("a finding without a command ends with what to do", () => {
  const screen = draw(report({ findings: [finding({ command: undefined })] }));
  expect(screen).not.toContain("curl");
  expect(screen).not.toContain("undefined");
});

test("a short command is whole, a long one keeps its beginning and its URL", () => {
  const short = "curl -b 'session=x' http://127.0.0.1/";
  expect(draw(report({ findings: [finding({ command: short })] }))).toContain(`\n            ${short}\n`);
  const long = `curl -b 'session=${"x".repeat(4_000)}' http://127.0.0.1:8000/me`;
  expect(draw(report({ findings: [finding({ command: long })] }))).toMatch(
    /^ {12}curl -b 'session=x+…x+' http:\/\/127\.0\.0\.1:8000\/me$/m,
  );
});

test.each([40, 60, 80, 100, 200])("no line is wider than %i columns", (columns) => {
  const many = report({
    cases: 12_345,
    seconds: 3_725,
    findings: [finding({ code: "accepted-wrong-purpose", note: "43 of 43 characters" }), replay],
    groups: report().groups.map((tally) => ({ ...tally, cases: tally.cases * 100, findings: 12 })),
  });
  for (const whole of [report(), clean, many]) {
    const known = [replay];
    const lines = draw(whole, { columns, known }).split("\n");
    for (const line of lines.filter((text) => !text.includes("curl "))) {
      expect([...line].length).toBeLessThanOrEqual(columns);
    }
  }
});

test("colour changes no word", () => {
  for (const whole of [report(), clean, report({ stopped: "interrupted" })]) {
    const painted = draw(whole, { known: [replay] }, colored);
    expect(painted).toContain("\u001b[");
    expect(painted.replace(/\u001b\[\d+m/g, "")).toBe(draw(whole, { known: [replay] }));
  }
});

test.each([40, 80, 200])("what a cookie holds cannot drive the terminal, on %i columns", (columns) => {
  const screen = draw(hostileReport, { columns, known: hostileReport.findings, again: "\u001b[2J" });
  expect(screen).toMatch(HARMLESS);
  expect(screen).toContain("\\u001b");
  expect(screen.length).toBeLessThan(10_000);
});
