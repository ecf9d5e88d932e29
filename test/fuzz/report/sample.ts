import { type Finding, type FuzzReport, KINDS } from "../../../src/fuzz/finding.ts";

/** What a hostile cookie, or a server that quotes one, could put into a report. */
export const HOSTILE =
  "\u0000\u001b[2J\u009b31m\r\n\u202e\ufeff\ufffe\ud800 <script>alert('x')</script> ]]> | `` ``` \"&amp; é漢 [a](http://evil) {0} @you";

export function finding(over: Partial<Finding> = {}): Finding {
  const code = over.code ?? "accepted-forgery";
  const header = over.header ?? "sessionid=eyJhIjoxfQ:1uLFnd:KYYMPf3loHh9jPK8ouxyBoEhyLux3arFEwvLBK1p82R";
  return {
    code,
    ...KINDS[code],
    attack: "encoding/spare-bits",
    id: `${over.attack ?? "encoding/spare-bits"}#3`,
    title: "base64 spare bits of the signature were changed",
    note: undefined,
    observed: "accepted",
    count: 3,
    of: 64,
    header,
    command: `curl -b '${header}' http://127.0.0.1:8000/me`,
    ...over,
  };
}

export const replay = finding({
  code: "accepted-replay",
  attack: "replay/logout",
  title: "the session was ended with /logout",
  count: 1,
  of: 1,
});

/** Every text of it is hostile, and its cookie is long. */
export const hostile = finding({
  code: "server-error",
  attack: "structure/empty",
  title: `the cookie is ${HOSTILE}`,
  note: HOSTILE,
  observed: `500 ${HOSTILE}`,
  why: `Why ${HOSTILE}`,
  advice: `Advice ${HOSTILE}`,
  header: `sessionid=${HOSTILE}${"A".repeat(60_000)}`,
  command: `curl -b 'sessionid=${HOSTILE}${"A".repeat(60_000)}' http://127.0.0.1:8000/me`,
});

export function report(over: Partial<FuzzReport> = {}): FuzzReport {
  return {
    seed: 7,
    target: "http://127.0.0.1:8000/me",
    format: "django",
    baseline: { genuine: "200, 64 B", nobody: "200, 14 B", toldApartBy: "the body" },
    cases: 608,
    seconds: 2.06,
    groups: [
      { group: "integrity", cases: 312, findings: 0 },
      { group: "structure", cases: 96, findings: 0 },
      { group: "encoding", cases: 41, findings: 1 },
      { group: "time", cases: 38, findings: 0 },
      { group: "purpose", cases: 54, findings: 0 },
      { group: "replay", cases: 6, findings: 1 },
      { group: "content", cases: 61, findings: 0 },
      { group: "weak-secret", cases: 210, findings: 0 },
    ],
    findings: [finding(), replay],
    byDesign: [
      { attack: "structure/around", count: 4, text: "Django strips white space around a cookie's value." },
    ],
    left: [
      { attack: "time/expired", reason: "no secret was given: --secret-env NAME" },
      { attack: "time/future", reason: "no secret was given: --secret-env NAME" },
      { attack: "purpose/other-name", reason: "the format does not sign the name" },
    ],
    stopped: undefined,
    ...over,
  };
}

export const clean = report({
  findings: [],
  byDesign: [],
  left: [],
  groups: report().groups.map((tally) => ({ ...tally, findings: 0 })),
});

/** Every text that a report holds is hostile. */
export const hostileReport = report({
  target: `http://127.0.0.1/${HOSTILE}`,
  format: HOSTILE,
  baseline: { genuine: HOSTILE, nobody: HOSTILE, toldApartBy: HOSTILE },
  findings: [hostile, finding()],
  byDesign: [{ attack: `structure/${HOSTILE}`, count: 2, text: HOSTILE }],
  left: [{ attack: `time/${HOSTILE}`, reason: HOSTILE }],
  stopped: "time",
});

/** No control character but the line break, and nothing that hides or reorders text. */
export const HARMLESS =
  /^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*$/;
