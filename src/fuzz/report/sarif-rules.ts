import type { FindingCode } from "../attack.ts";
import { KINDS, type Severity } from "../finding.ts";

/** GitHub's scale: critical is over 9.0, high over 7.0, medium over 4.0, low over 0. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.0",
  low: "2.0",
};

export const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};

/** What happened, and the weakness's number in MITRE's list, where it has one. */
const RULES: Readonly<Record<FindingCode, readonly [text: string, cwe?: number]>> = {
  "accepted-forgery": ["A forged session cookie is accepted", 347],
  "accepted-wrong-purpose": ["A cookie that was signed for another purpose is accepted", 345],
  "accepted-expired": ["An expired session cookie is accepted", 613],
  "accepted-replay": ["A session cookie is accepted after its session was ended", 613],
  "weak-secret": ["The secret that signs session cookies is known or easy to guess", 1394],
  "server-error": ["A hostile session cookie makes the server fail", 755],
  slow: ["A hostile session cookie keeps the server busy", 400],
  reflected: ["The server's answer shows a secret or a cookie", 200],
  "session-lost": ["A genuine session is lost after hostile cookies"],
};

/** A rule for each code, whether it was found or not: its number stays the same from run to run. */
export const rules = (Object.keys(RULES) as FindingCode[]).map((code) => {
  const [text, cwe] = RULES[code];
  const { severity, why, advice } = KINDS[code];
  return {
    id: code,
    shortDescription: { text },
    fullDescription: { text: why },
    help: { text: `${why} ${advice}`, markdown: `${why}\n\n**What to do.** ${advice}` },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      "security-severity": SECURITY_SEVERITY[severity],
      precision: "very-high",
      tags: ["security", ...(cwe === undefined ? [] : [`external/cwe/cwe-${cwe}`])],
    },
  };
});
