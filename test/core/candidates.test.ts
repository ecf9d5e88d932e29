import { describe, expect, test } from "vitest";
import { candidates, literalInputs } from "../../src/core/candidates.ts";
import { readLiteral, readPasted } from "../../src/core/cookie-input.ts";
import type { AnyFormat } from "../../src/core/guide.ts";
import { formats } from "../../src/formats/index.ts";

const django = formats.django as unknown as AnyFormat;
const cookieSession = formats["cookie-session"] as unknown as AnyFormat;

const values = (text: string, format = django, wanted?: string) =>
  candidates(readPasted(text), format, wanted).map(({ name, inputs }) => [name, inputs[0]?.input.value]);

describe("candidates", () => {
  test("a bare value is one without a name", () => {
    expect(values("abc:def:ghi")).toEqual([[undefined, "abc:def:ghi"]]);
  });

  test("every cookie of a header", () => {
    expect(values("Cookie: a=1; b=2")).toEqual([
      ["a", "1"],
      ["b", "2"],
    ]);
  });

  test("the wanted one alone, where it is there", () => {
    expect(values("Cookie: a=1; sessionid=2", django, "sessionid")).toEqual([["sessionid", "2"]]);
    expect(values("Cookie: a=1; b=2", django, "sessionid")).toHaveLength(2);
  });

  test("two cookies of one name are two candidates", () => {
    expect(values("Cookie: sessionid=1; sessionid=2", django, "sessionid")).toEqual([
      ["sessionid", "1"],
      ["sessionid", "2"],
    ]);
  });

  test("a companion is a sibling and no candidate", () => {
    const [only, ...others] = candidates(
      readPasted("Cookie: session=abc; session.sig=xyz; other=1"),
      cookieSession,
      "session",
    );
    expect(others).toEqual([]);
    expect(only?.inputs[0]?.input.siblings).toEqual(
      new Map([
        ["session.sig", "xyz"],
        ["other", "1"],
      ]),
    );
  });

  test("a text that may be name=value or a value with = in it is read both ways", () => {
    const [only] = candidates(readPasted("flavour=vanilla:1ssJai:x"), django, undefined);
    expect(only?.inputs.map(({ input: { name, value } }) => [name, value])).toEqual([
      ["flavour", "vanilla:1ssJai:x"],
      [undefined, "flavour=vanilla:1ssJai:x"],
    ]);
    const [whole] = candidates(readPasted("eyJhIjoxfQ=="), django, undefined);
    expect(whole?.inputs.map(({ input }) => input.value)).toContain("eyJhIjoxfQ==");
  });

  test("the framework's own unquoting is one of the readings", () => {
    const [only] = candidates(readLiteral('Cookie: a="x\\054y"'), django, undefined);
    expect(only?.inputs.map(({ input }) => input.value)).toEqual(['"x\\054y"', "x,y"]);
    expect(only?.inputs[1]?.layers).toContain("quotes");
  });

  test("nothing pasted gives no candidate", () => {
    expect(candidates(readPasted("  "), django, undefined)).toEqual([]);
  });
});

test("literalInputs gives each cookie once, the others as siblings", () => {
  expect(literalInputs(readLiteral("Cookie: a=1; b=2"))).toEqual([
    { name: "a", value: "1", siblings: new Map([["b", "2"]]) },
    { name: "b", value: "2", siblings: new Map([["a", "1"]]) },
  ]);
});
