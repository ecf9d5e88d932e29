import type { Hostile } from "./hostile.ts";
import { headerOf } from "./specimen.ts";
import { type Answer, type Baseline, FuzzError, type Target } from "./target.ts";

/** Whether a cookie was accepted. */
export type Verdict = boolean | { readonly ok: boolean };

/** Judges a cookie in this process. May throw, which is a finding. */
export type Verifier = (cookie: Hostile) => Verdict | Promise<Verdict>;

/** Milliseconds: what no cookie may take, unless said otherwise. */
const SLOW = 500;

const ROOM = 1_000_000;

/** A codec, or any function that judges cookies. */
export function codecTarget(title: string, verify: Verifier, slowFrom = SLOW): Target {
  const send = async (hostile: Hostile): Promise<Answer> => {
    const start = performance.now();
    const answer = (verdict: Answer["verdict"], detail: string): Answer => ({
      ...{ verdict, detail },
      milliseconds: performance.now() - start,
    });
    try {
      const verdict = verify(hostile);
      const accepted = isAccepted(verdict instanceof Promise ? await verdict : verdict);
      return answer(accepted ? "accepted" : "refused", accepted ? "accepted" : "refused");
    } catch (error) {
      return answer("error", `it threw ${error instanceof Error ? error.name : typeof error}`);
    }
  };
  return {
    kind: "codec",
    title,
    room: ROOM,
    slowFrom,
    send,
    async learn(genuine): Promise<Baseline> {
      const [first = { name: "", value: "" }, ...others] = genuine.pairs ?? [];
      const nonsense = [{ name: first.name, value: "x" }, ...others];
      if ((await send(genuine)).verdict !== "accepted") {
        throw new FuzzError(
          "the genuine cookie is not accepted",
          "another cookie, or the secret that signed it",
        );
      }
      if ((await send({ header: headerOf(nonsense), pairs: nonsense })).verdict === "accepted") {
        throw new FuzzError("nonsense is accepted as well as the genuine cookie");
      }
      return { genuine: "accepted", nobody: "refused", toldApartBy: "the verdict" };
    },
    reproduce: () => undefined,
  };
}

function isAccepted(verdict: Verdict): boolean {
  return typeof verdict === "boolean" ? verdict : verdict.ok;
}
