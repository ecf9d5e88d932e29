import { describe, expect, test } from "vitest";
import * as platform from "#platform";
import { createCodec as bindCodec, type CodecOptions } from "../../src/codec.ts";
import { cookieSession } from "../../src/formats/cookie-session.ts";
import { planOf, settle } from "../../src/formats/django/options.ts";
import { django } from "../../src/formats/django.ts";
import { flask } from "../../src/formats/flask.ts";
import {
  type CreateCodecOptions,
  type createCodec,
  detect,
  type FormatId,
  formats,
} from "../../src/index.ts";
import { lineChecker } from "../contract/check-line.ts";
import { vectorsOf } from "../contract/formats.ts";
import type { Library, Line } from "../contract/line.ts";
import { readVectors } from "../contract.ts";

/** Each format as a small bundle has it, without its guide; and that pickles are left out. */
const alone: Readonly<Record<FormatId, (options: CodecOptions<object>) => ReturnType<typeof createCodec>>> = {
  django: (options) => bindCodec(django, options),
  flask: (options) => bindCodec(flask, options),
  "cookie-session": (options) => bindCodec(cookieSession, options),
};

const library: Library = {
  createCodec: <Id extends FormatId>({ format, ...options }: CreateCodecOptions<Id>) =>
    alone[format](options),
  detect,
  formats,
  platform,
};

const isPickled = (format: FormatId, { options }: Line) =>
  format === "django" && planOf(settle(options)).serializer === "pickle";

describe.each(Object.keys(formats) as FormatId[])("%s alone", (format) => {
  const check = lineChecker(library, vectorsOf(format).contract);
  describe.each(readVectors(format))("$title", ({ lines }) => {
    test.each(lines)("$id: $verdict", (line) => {
      if (!isPickled(format, line)) return check(line);
      const codec = library.createCodec({ format, secret: line.secret ?? "", maxAge: null, ...line.options });
      const result = codec.verify(line, { now: line.now });
      const code = line.verdict === "bad-signature" ? "bad-signature" : "unsupported";
      expect(result).toMatchObject({ ok: false, code });
    });
  });
});
