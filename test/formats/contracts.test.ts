import { describe, test } from "vitest";
import * as platform from "#platform";
import { createCodec, detect, type FormatId, formats } from "../../src/index.ts";
import { lineChecker } from "../contract/check-line.ts";
import { vectorsOf } from "../contract/formats.ts";
import { readVectors } from "../contract.ts";

/** The fixtures of every format under the contract that all keep; `npm run test:runtimes` runs it elsewhere. */
const library = { createCodec, detect, formats, platform };

describe.each(Object.keys(formats) as FormatId[])("%s", (format) => {
  const check = lineChecker(library, vectorsOf(format).contract);
  describe.each(readVectors(format))("$title", ({ lines }) => {
    test.each(lines)("$id: $verdict", check);
  });
});
