import { describe, expect, test } from "vitest";
import { formats } from "../../src/cli/options.ts";
import { selectTargets } from "../../src/cli/targets.ts";
import { readPasted } from "../../src/core/cookie-input.ts";
import { cookieSession, django, flask } from "./fixtures.ts";
import { run } from "./io.ts";

const cart = django("session-cart");
const empty = django("session-empty");
const plain = flask("minted-plain");
const pair = cookieSession("object");

function selected(text: string, format?: string, name?: string) {
  const { targets, skipped } = selectTargets(
    readPasted(text),
    format === undefined ? undefined : formats[format],
    name,
  );
  return {
    chosen: targets.map((target) =>
      "ok" in target ? target.code : `${target.format.id} ${target.candidate.name ?? "-"}`,
    ),
    skipped,
  };
}

describe("which cookies of an item are worked on", () => {
  test.each([
    ["a bare value", cart.value, ["django -"], []],
    [
      "the session among others",
      `Cookie: a=1; sessionid=${cart.value}; b=2`,
      ["django sessionid"],
      ["a", "b"],
    ],
    ["without the header's name", `a=1; sessionid=${cart.value}`, ["django sessionid"], ["a"]],
    [
      "two of one name",
      `sessionid=${cart.value}; sessionid=${empty.value}`,
      ["django sessionid", "django sessionid"],
      [],
    ],
    ["two of one name and value", `Cookie: a=${cart.value}; a=${cart.value}`, ["django a", "django a"], []],
    [
      "of two frameworks",
      `Cookie: sessionid=${cart.value}; session=${plain.value}`,
      ["django sessionid", "flask session"],
      [],
    ],
    ["with its signature beside it", `Cookie: ${pair.header}; a=1`, ["cookie-session session"], ["a"]],
    [
      "all three",
      `Cookie: ${pair.header}; flask=${plain.value}; sessionid=${cart.value}`,
      ["cookie-session session", "flask flask", "django sessionid"],
      [],
    ],
    [
      "beside a CSRF token",
      `csrftoken=${"aB3".repeat(10)}xy; sessionid=${cart.value}`,
      ["django sessionid"],
      ["csrftoken"],
    ],
    ["a CSRF token alone", `csrftoken=${"aB3".repeat(10)}xy`, ["django csrftoken"], []],
    [
      "a CSRF token, and a session that was cut",
      `csrftoken=${"a".repeat(32)}; sessionid=eyJ`,
      ["unknown-format"],
      [],
    ],
    ["none of several", "Cookie: a=1; b=2", ["unknown-format"], []],
    ["none", "hello", ["unknown-format"], []],
    ["nothing", "", ["unknown-format"], []],
  ])("%s", (_, text, chosen, skipped) => {
    expect(selected(text).chosen.sort()).toEqual([...chosen].sort());
    expect(selected(text).skipped).toEqual(skipped);
  });

  test("--format takes what it is told to, where nothing looks like it", () => {
    expect(selected("hello", "django").chosen).toEqual(["django -"]);
    expect(selected("Cookie: a=1; b=2", "flask").chosen).toEqual(["flask a", "flask b"]);
    expect(selected(`Cookie: a=1; b=${plain.value}`, "flask")).toEqual({
      chosen: ["flask b"],
      skipped: ["a"],
    });
  });

  test("--name picks", () => {
    expect(selected(`Cookie: a=${cart.value}; b=${cart.value}`, undefined, "b").chosen).toEqual(["django b"]);
    expect(selected(`Cookie: a=${cart.value}; b=1`, undefined, "c").chosen).toEqual(["django a"]);
  });

  test("other formats that a value looks like are named, never the same one", () => {
    const { targets } = selectTargets(
      readPasted(`sessionid=${cart.value}; sessionid=${empty.value}`),
      undefined,
      undefined,
    );
    for (const target of targets) expect(!("ok" in target) && target.alsoPossible).toEqual([]);
  });
});

describe("a hostile header", () => {
  test.each([
    ["ten thousand names", Array.from({ length: 10_000 }, (_, at) => `a${at}=${at}`), 1],
    ["ten thousand pairs", Array.from({ length: 5_000 }, (_, at) => `a${at}=e30=; a${at}.sig=x`), 5_000],
    ["one name ten thousand times", Array.from({ length: 10_000 }, () => `a=${cart.value}`), 10_000],
    ["long names", Array.from({ length: 500 }, (_, at) => `${"n".repeat(4000)}${at}=1`), 1],
  ])("%s takes no long", async (_, cookies, most) => {
    const started = performance.now();
    const { targets } = selectTargets(readPasted(`Cookie: ${cookies.join("; ")}`), undefined, undefined);
    expect(targets.length).toBeLessThanOrEqual(most);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

test("what is passed over is said on stderr, and not in --json or -q", async () => {
  const argv = ["decode", `Cookie: a=1; sessionid=${cart.value}; evil\u009b=2`];
  expect((await run(argv)).stderr).toBe("note: not session cookies: a, evil\\u009b\n");
  expect((await run([...argv, "--json"])).stderr).toBe("");
  expect((await run([...argv, "-q"])).stderr).toBe("");
});

test("of several cookies verify checks the one that the format names, and says which it left", async () => {
  const header = `Cookie: other=${empty.value}; sessionid=${cart.value}`;
  const outcome = await run(["verify", header, "--secret", cart.secret], { now: cart.now });
  expect(outcome.stdout).toContain("sessionid");
  expect(outcome.stderr).toContain("note: not checked: other");
  expect(outcome.code).toBe(0);
});
