import { EXIT } from "./errors.ts";

/** What the help and the manual page say of the whole program, as pairs of a term and its meaning. */
export type Terms = readonly (readonly [term: string, meaning: string])[];

export const EXIT_CODES: Terms = [
  [String(EXIT.ok), "done, and every cookie is as it should be"],
  [String(EXIT.refused), "a cookie was refused, or something was found"],
  [String(EXIT.usage), "the command line is wrong, or a file cannot be read"],
  [String(EXIT.internal), "a fault of cookiesess itself"],
  [String(EXIT.interrupted), "interrupted"],
  [String(EXIT.readerGone), "the reader of the output went away (| head): the rest was not looked at"],
];

export const ENVIRONMENT: Terms = [
  ["COOKIESESS_SECRET", "the secret, where no --secret… is given"],
  ["COOKIESESS_FALLBACKS", "older secrets: a JSON array, or between commas"],
  ["NO_COLOR, FORCE_COLOR", "no colours, or colours; --color beats both"],
];
