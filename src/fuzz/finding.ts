import type { FindingCode, Group } from "./attack.ts";

export const SEVERITIES = ["critical", "high", "medium", "low"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What is wrong with a target. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The attack that found it: `encoding/spare-bits`. */
  readonly attack: string;
  /** The case: `encoding/spare-bits#3`; what `--replay` takes. */
  readonly id: string;
  /** What was done: "another secret signed it"; one line. */
  readonly title: string;
  /** What was done in this very case, where the title does not say: "43 of 43 characters". */
  readonly note: string | undefined;
  /** What the target did: "accepted", "500 Internal Server Error", "1,530 ms". */
  readonly observed: string;
  /** Why it matters, one sentence. */
  readonly why: string;
  /** What to do, one sentence. */
  readonly advice: string;
  /** How many cases of the attack showed it, of how many. */
  readonly count: number;
  readonly of: number;
  /** The smallest `Cookie:` header that still shows it; one character a byte. */
  readonly header: string;
  /** Sends it, where a command can: `curl -b '…' http://…`. */
  readonly command: string | undefined;
}

/** A thing that the framework itself does, by its design: told, and no finding. */
export interface ByDesign {
  readonly attack: string;
  readonly count: number;
  readonly text: string;
}

export interface FuzzReport {
  /** Gives the same cases again. */
  readonly seed: number;
  readonly target: string;
  readonly format: string;
  readonly baseline: { readonly genuine: string; readonly nobody: string; readonly toldApartBy: string };
  /** Cases that were sent, not counting those that confirm or shrink a finding. */
  readonly cases: number;
  readonly seconds: number;
  readonly groups: readonly GroupTally[];
  /** The gravest first. */
  readonly findings: readonly Finding[];
  readonly byDesign: readonly ByDesign[];
  /** Attacks that were not made, and why: "it needs the secret". */
  readonly left: readonly { readonly attack: string; readonly reason: string }[];
  /** Why it ended before its cases did. `gone`: the target answers no more. */
  readonly stopped: "limit" | "time" | "interrupted" | "gone" | undefined;
}

export interface GroupTally {
  readonly group: Group | "weak-secret";
  readonly cases: number;
  readonly findings: number;
}

interface Kind {
  readonly severity: Severity;
  readonly why: string;
  readonly advice: string;
}

export const KINDS: Readonly<Record<FindingCode, Kind>> = {
  "accepted-forgery": {
    severity: "critical",
    why: "Whoever can send a cookie can be any user.",
    advice: "Compare the whole signature, as text, with one that you compute from what was received.",
  },
  "accepted-wrong-purpose": {
    severity: "high",
    why: "What was signed for something else, or under a rule that is gone, opens a session.",
    advice: "Accept one salt, one algorithm and one serializer, and drop the secrets that are retired.",
  },
  "accepted-expired": {
    severity: "high",
    why: "A cookie that was stolen or left behind works long after it should have ended.",
    advice: "Compare the signed time with the clock on every request, in the same unit.",
  },
  "accepted-replay": {
    severity: "medium",
    why: "A copy of the cookie works after its session was ended: cookie sessions need a list to be revoked.",
    advice: "Keep a list of ended sessions on the server, or keep cookies short-lived.",
  },
  "weak-secret": {
    severity: "critical",
    why: "The secret stands in public or in a word list, so anybody can sign cookies.",
    advice: "Draw a new random secret, and end every session that the old one signed.",
  },
  "server-error": {
    severity: "medium",
    why: "Anybody can make the server fail with a cookie: its errors fill logs and may tell too much.",
    advice: "Treat whatever a cookie holds as input: a bad one is no session, not an exception.",
  },
  slow: {
    severity: "high",
    why: "A few such requests keep the server from answering others.",
    advice: "Limit the length of a cookie, what it may inflate to, and how deep it may nest.",
  },
  reflected: {
    severity: "high",
    why: "The answer shows what must stay secret to whoever asks for it, and to caches and logs.",
    advice: "Keep secrets and cookies out of pages and error messages.",
  },
  "session-lost": {
    severity: "medium",
    why: "A genuine session no longer works after the attack: one visitor can log another out, or the server broke.",
    advice: "Look at what the server keeps from one request to the next.",
  },
};
