import type { Value } from "../../encoding/values.ts";
import type { Attack, Means, Mutant } from "../attack.ts";
import { fieldsNamed, type Specimen, toInput } from "../specimen.ts";
import { mutant, payloadOf } from "./edits.ts";

/** The session's data under every other salt, version and algorithm that its format knows of. */
function* otherPurposes(means: Means): Generator<Mutant> {
  const { specimen, forge } = means;
  const { format, options, pairs } = specimen;
  const payload = payloadOf(specimen);
  if (payload === undefined || forge === undefined) return;
  const contents: readonly Value[] = [payload, ...signedTexts(specimen)];
  for (const variation of format.variations?.(toInput(pairs), options) ?? []) {
    const signed = settled(means, variation.options);
    for (const content of contents) {
      const other = signed && forge.sign(content, { options: signed });
      if (other === undefined || forge.verifies(other)) continue;
      // As it would be sent: under the name of the session's cookie, whatever its own is.
      const renamed = other.map(({ value }, index) => ({ name: pairs[index]?.name ?? "", value }));
      yield mutant(renamed, variation.meaning ?? variation.change);
      if (content === payload) break;
    }
  }
}

/** The session's payload as its cookie spells it, without and with the time: for what signs bare texts. */
function signedTexts(specimen: Specimen): string[] {
  const [{ value }] = specimen.pairs;
  return fieldsNamed(specimen, "payload", "timestamp")
    .filter(({ cookie }) => cookie === 0)
    .map(({ end }) => value.slice(0, end));
}

function settled({ specimen: { format, options } }: Means, changes: object): object | undefined {
  try {
    return format.settle({ ...options, ...changes });
  } catch {
    return undefined;
  }
}

const NAMES = ["other", "admin", "csrftoken", "messages"];

/** Cookies that were signed under another name, moved to the session's. */
function* otherNames({ specimen, forge }: Means): Generator<Mutant> {
  const payload = payloadOf(specimen);
  if (payload === undefined || forge === undefined || !specimen.format.usesCookieName) return;
  for (const name of NAMES) {
    const pairs = forge.sign(payload, { name });
    if (pairs === undefined) continue;
    yield mutant(
      pairs.map(({ value }, index) => ({ name: specimen.pairs[index]?.name ?? "", value })),
      `as ${name}`,
    );
  }
}

function* retiredSecrets({ specimen, retired }: Means): Generator<Mutant> {
  const payload = payloadOf(specimen);
  if (payload === undefined) return;
  for (const [index, old] of retired.entries()) {
    const pairs = old.sign(payload);
    if (pairs !== undefined) yield mutant(pairs, `retired secret ${index + 1}`);
  }
}

/** What a salt, an algorithm, a name and the retirement of a secret are there to refuse. */
export const purpose: readonly Attack[] = [
  {
    id: "purpose/signed-for-another",
    title: "the same secret signed it for another purpose, or in an outdated way",
    finding: "accepted-wrong-purpose",
    needs: "secret",
    cases: otherPurposes,
  },
  {
    id: "purpose/other-name",
    title: "it was signed as a cookie of another name",
    finding: "accepted-wrong-purpose",
    needs: "secret",
    cases: otherNames,
  },
  {
    id: "purpose/retired-secret",
    title: "a secret signed it that is retired",
    finding: "accepted-wrong-purpose",
    needs: "retired",
    cases: retiredSecrets,
  },
];
