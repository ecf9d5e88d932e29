import { describe, expect, test } from "vitest";
import { Interrupted } from "../../src/cli/errors.ts";
import { django } from "./fixtures.ts";
import { run, type World } from "./io.ts";

const cart = django("session-cart");
const terminal: World = { now: cart.now, terminal: ["stdin", "stdout", "stderr"] };

describe("at a terminal", () => {
  test("verify asks for the secret, hidden", async () => {
    const outcome = await run(["verify", cart.value], { ...terminal, answers: [cart.secret] });
    expect(outcome).toMatchObject({ code: 0, asked: ["hidden: Secret"] });
    expect(outcome.stdout + outcome.stderr).not.toContain(cart.secret);
  });

  test("the secret comes before the cookie, and either may be given", async () => {
    const both = await run(["verify"], { ...terminal, answers: [cart.secret, cart.value] });
    expect(both).toMatchObject({ code: 0, asked: ["hidden: Secret", "text: Cookie"] });
    const one = await run(["verify", "--secret", cart.secret], { ...terminal, answers: [cart.value] });
    expect(one).toMatchObject({ code: 0, asked: ["text: Cookie"] });
  });

  test("decode asks for the cookie, and takes it however it is pasted", async () => {
    const outcome = await run(["decode", "--json"], {
      ...terminal,
      answers: [`Cookie: a=1; sessionid="${cart.value}"`],
    });
    expect(outcome.asked).toEqual(["text: Cookie"]);
    expect(outcome.json()[0]).toMatchObject({ name: "sessionid" });
  });

  test("sign asks for format, secret and payload", async () => {
    const world = { ...terminal, now: cart.issuedAt ?? 0 };
    const inEditor = await run(["sign"], {
      ...world,
      answers: ["django", cart.secret, "in an editor", cart.payload ?? ""],
    });
    expect(inEditor.stdout).toBe(`${cart.value}\n`);
    expect(inEditor.asked).toEqual([
      "choose: Format (django, flask, cookie-session)",
      "hidden: Secret",
      "choose: Payload (in an editor, line by line)",
      "edit: Payload (JSON)",
    ]);
    const lines = ["cart=[3,1,2]", "nonsense", "total=12.5", "coupon=null", "gift=true", ""];
    const byLine = await run(["sign"], {
      ...world,
      answers: ["django", cart.secret, "line by line", ...lines],
    });
    expect(byLine.stdout).toBe(`${cart.value}\n`);
    expect(byLine.stderr).toContain('"nonsense" is not key=value');
  });

  test("nothing is asked that was given", async () => {
    const argv = ["sign", cart.payload ?? "", "--format", "django", "--secret", cart.secret];
    expect((await run(argv, { ...terminal, answers: [] })).asked).toEqual([]);
    expect(
      (await run(["sign", "--set", "a=1", "--secret", "x"], { ...terminal, answers: [] })).asked,
    ).toEqual([]);
    expect((await run(["decode", cart.value], { ...terminal, answers: [] })).asked).toEqual([]);
  });

  test.each([
    ["the secret", ["verify", cart.value]],
    ["the cookie", ["decode"]],
    ["the format", ["sign"]],
  ])("Ctrl-C at %s ends with 130 and nothing said", async (_, argv) => {
    const outcome = await run(argv, { ...terminal, answers: [new Interrupted()] });
    expect(outcome).toMatchObject({ code: 130, stdout: "", stderr: "" });
  });

  test("an answer of nothing is refused", async () => {
    expect((await run(["decode"], { ...terminal, answers: [" "] })).code).toBe(1);
    expect((await run(["sign"], { ...terminal, answers: ["django", "x", "in an editor", "{"] })).code).toBe(
      1,
    );
  });
});

describe("where nobody can be asked", () => {
  test.each([
    ["decode", ["decode"], "no cookie given"],
    ["verify without a secret", ["verify", cart.value], "no secret given"],
    ["verify without a cookie", ["verify", "--secret", "x"], "no cookie given"],
    ["sign without a payload", ["sign", "--secret", "x"], "no payload given"],
  ])("%s ends with 2 and does not wait", async (_, argv, message) => {
    for (const terminal of [["stdin"], ["stdin", "stdout"], []] as const) {
      const outcome = await run(argv, { terminal });
      expect(outcome).toMatchObject({ code: 2, stdout: "", asked: [] });
      expect(outcome.stderr).toContain(message);
      expect(outcome.stderr).toContain("hint: ");
    }
  });
});

describe("a fault of cookiesess itself", () => {
  test("ends with 70, one message, and how to report it", async () => {
    const outcome = await run(["decode"], { ...terminal, answers: [new RangeError("of its own\u001b[31m")] });
    expect(outcome.code).toBe(70);
    expect(outcome.stderr).toMatch(
      /^cookiesess: error: a fault of cookiesess itself: of its own\\u001b\[31m\n {2}hint: please report it to the maintainers, .*\n$/,
    );
  });
});
