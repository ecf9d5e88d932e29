import { setTimeout as sleep } from "node:timers/promises";
import type { Hostile } from "../hostile.ts";
import { slowFrom } from "../slow.ts";
import { type Baseline, FuzzError } from "../target.ts";
import { describeBroken, describeReply } from "./describe.ts";
import type { Broken, Reply } from "./exchange.ts";
import { byLoggedIn, compare, type Fingerprint, redirectOf } from "./fingerprint.ts";
import type { LoggedIn } from "./logged-in.ts";
import type { Page } from "./page.ts";
import { createReflection, type Reflection } from "./reflection.ts";

export interface Lesson {
  readonly baseline: Baseline;
  readonly fingerprint: Fingerprint;
  readonly reflection: Reflection;
  readonly slowFrom: number;
}

interface Question {
  readonly page: Page;
  readonly timeout: number;
  readonly loggedIn: LoggedIn | undefined;
  readonly secrets: readonly Uint8Array[];
}

interface Samples {
  readonly genuine: Reply[];
  readonly nobody: Reply[];
}

const ROUNDS = 3;

/** Milliseconds in which a clock that shows seconds moves on. */
const TICK = 1_100;

const TELL = "--logged-in TEXT says what only a page for somebody who is logged in shows";

/**
 * Asks for the same page as the genuine session and as nobody, in turns, and finds what tells the answers apart.
 * Numbers may be a clock's, so where they count it asks once more after a second.
 * @throws {FuzzError} when nothing does, or the genuine session's answers disagree
 */
export async function learnAnswers(question: Question, genuine: Hostile): Promise<Lesson> {
  const samples: Samples = { genuine: [], nobody: [] };
  for (let round = 0; round < ROUNDS; round++) await sample(question, genuine, samples);
  let fingerprint = tellApart(question, genuine, samples);
  if (fingerprint.volatile) {
    await sleep(TICK);
    await sample(question, genuine, samples);
    fingerprint = tellApart(question, genuine, samples);
  }
  const [one, another] = [first(samples.genuine), first(samples.nobody)];
  return {
    baseline: {
      genuine: describeReply(one, question.page.url),
      nobody: describeReply(another, question.page.url),
      toldApartBy: fingerprint.toldApartBy,
    },
    fingerprint,
    reflection: createReflection(question.secrets, samples.genuine, samples.nobody, genuine),
    slowFrom: slowFrom([...samples.genuine, ...samples.nobody]),
  };
}

async function sample(question: Question, genuine: Hostile, samples: Samples): Promise<void> {
  const { page, timeout } = question;
  const reply = answered(await page.ask(genuine), "the genuine cookie", timeout);
  if (reply.status >= 500) {
    throw new FuzzError(
      `the genuine cookie is answered with ${describeReply(reply, page.url)}`,
      "ask for a page that works",
    );
  }
  samples.genuine.push(reply);
  samples.nobody.push(answered(await page.ask(undefined), "a request without the cookie", timeout));
}

function answered(outcome: Reply | Broken, what: string, timeout: number): Reply {
  if ("status" in outcome) return outcome;
  throw new FuzzError(`${what} gets no answer: ${describeBroken(outcome, timeout)}`);
}

function tellApart(
  { page: { url }, loggedIn }: Question,
  { header }: Hostile,
  samples: Samples,
): Fingerprint {
  const { genuine, nobody } = samples;
  if (loggedIn !== undefined) return checked(loggedIn, samples);
  const one = first(genuine);
  const other = genuine.find(
    (reply) => reply.status !== one.status || redirectOf(reply, url) !== redirectOf(one, url),
  );
  if (other !== undefined) {
    throw new FuzzError(
      `the genuine cookie gets different answers: ${describeReply(one, url)}, and ${describeReply(other, url)}`,
      `does the server take each cookie once? If it is not that, ${TELL}`,
    );
  }
  if (one.status === 401 || one.status === 403) {
    throw new FuzzError(
      `the genuine cookie is not let in: ${describeReply(one, url)}`,
      `has its session ended? If it is not that, ${TELL}`,
    );
  }
  const fingerprint = compare([one, ...genuine], nobody, url, header);
  if (fingerprint !== undefined) return fingerprint;
  throw new FuzzError(
    `the genuine cookie gets the same answer as no cookie: ${describeReply(one, url)}`,
    `is it still valid, and does this page show who is logged in? Then ${TELL}`,
  );
}

function checked(loggedIn: LoggedIn, { genuine, nobody }: Samples): Fingerprint {
  if (!genuine.every(loggedIn)) {
    throw new FuzzError("the answer to the genuine cookie is not as --logged-in says", "is it still valid?");
  }
  if (nobody.some(loggedIn)) {
    throw new FuzzError(
      "--logged-in is true of an answer without the cookie, too",
      "name what only somebody who is logged in gets to see",
    );
  }
  return byLoggedIn(loggedIn);
}

function first(replies: readonly Reply[]): Reply {
  const [reply] = replies;
  if (reply === undefined) throw new FuzzError("nothing was asked");
  return reply;
}
