import type { Flaw } from "./kit.ts";
import {
  crashOnBadBase64,
  crashOnNonObject,
  inflateWithoutLimit,
  pickleAccepted,
  prototypePollution,
} from "./payload.ts";
import {
  firstOfTwoNames,
  logoutClientOnly,
  RETIRED_SECRET,
  retiredSecretKept,
  secretInError,
} from "./server.ts";
import {
  algorithmFromLength,
  noSignatureCheck,
  saltIgnored,
  signatureLengthOnly,
  signaturePrefix,
  spareBitsIgnored,
} from "./signature.ts";
import { expiryFactor, futureAccepted, timestampIgnored } from "./time.ts";

const flaw = (name: string, summary: string, make: Flaw["make"]): Flaw => ({ name, summary, make });

export const FLAWS: readonly Flaw[] = [
  flaw("no-signature-check", "The signature is not checked.", noSignatureCheck),
  flaw("signature-length-only", "Any signature of the right length is accepted.", signatureLengthOnly),
  flaw("signature-prefix", "Only the first 8 characters of the signature are compared.", signaturePrefix),
  flaw("spare-bits-ignored", "Spare bits of the signature's base64 may be changed.", spareBitsIgnored),
  flaw(
    "algorithm-from-length",
    "The length of the signature chooses its algorithm; an empty one chooses none.",
    algorithmFromLength,
  ),
  flaw("salt-ignored", "What Django signed for another purpose is accepted as a session.", saltIgnored),
  flaw("timestamp-ignored", "A session never expires.", timestampIgnored),
  flaw(
    "future-accepted",
    "The signature is not checked when the timestamp lies in the future.",
    futureAccepted,
  ),
  flaw(
    "expiry-factor",
    "Milliseconds are taken for seconds: sessions last 1000 times as long.",
    expiryFactor,
  ),
  flaw(
    "retired-secret-kept",
    `A secret that leaked long ago is still accepted: ${RETIRED_SECRET}`,
    retiredSecretKept,
  ),
  flaw(
    "logout-client-only",
    "Logging out clears the browser's cookie; copies of it still work.",
    logoutClientOnly,
  ),
  flaw(
    "pickle-accepted",
    "A pickle is accepted in place of JSON. Here it is read as data, never run.",
    pickleAccepted,
  ),
  flaw(
    "inflate-without-limit",
    "A small cookie may inflate to 64 MB, and is inflated layer after layer.",
    inflateWithoutLimit,
  ),
  flaw("crash-on-bad-base64", "A payload that is not base64 is an internal error.", crashOnBadBase64),
  flaw("crash-on-non-object", "A payload that is not an object is an internal error.", crashOnNonObject),
  flaw("prototype-pollution", "The payload's __proto__ becomes the session's prototype.", prototypePollution),
  flaw("secret-in-error", "A refused cookie gives an error page that shows the secret.", secretInError),
  flaw(
    "first-of-two-names",
    "Of two cookies with the same name the first is checked and the last is used.",
    firstOfTwoNames,
  ),
];

export const FLAW_NAMES: readonly string[] = FLAWS.map(({ name }) => name);

/** @throws {TypeError} on an unknown name */
export function findFlaw(name: string): Flaw {
  const found = FLAWS.find((known) => known.name === name);
  if (found === undefined) throw new TypeError(`there is no flaw "${name}": --flaw list names them`);
  return found;
}
