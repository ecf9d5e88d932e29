import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { DocumentKind } from "../../src/secrets/document.ts";
import { type Draw, generator, lines, read } from "./support.ts";

const SEED = 20;
const ROUNDS = 150;
const BENIGN = "abcXYZ019_-";
const NASTY = `${BENIGN}$#'"\`\\,:= \t!&*{}[]|>%@\né`;

/** A text before, and what its other lines and its values are by an independent reading. */
interface Sample {
  readonly text: string;
  readonly secret: string;
  readonly fallbacks: readonly string[] | undefined;
}

type Style = (value: string) => string;

const pick = <T>(draw: Draw, items: readonly [T, ...T[]]): T => items[draw(items.length)] ?? items[0];
/** White space alone is no secret. */
function word(draw: Draw, alphabet: string): string {
  const text = Array.from({ length: 1 + draw(12) }, () => alphabet[draw(alphabet.length)]).join("");
  return text.trim() === "" ? word(draw, alphabet) : text;
}
const words = (draw: Draw, alphabet: string) => Array.from({ length: draw(4) }, () => word(draw, alphabet));

const plain: Style = (value) => value;
const single: Style = (value) => `'${value}'`;
const double: Style = (value) => `"${value}"`;

/** Lines that have nothing to do with the secret stand before, between and after its own. */
function surround(draw: Draw, other: readonly [string, ...string[]], own: readonly string[]): string {
  const noise = () => Array.from({ length: draw(3) }, () => pick(draw, other));
  const all = [...noise(), ...own.flatMap((line) => [line, ...noise()])];
  const eol = pick(draw, ["\n", "\r\n"]);
  return all.join(eol) + pick(draw, ["", eol]);
}

function envSample(draw: Draw): Sample {
  const style = pick(draw, [plain, single, double]);
  const [secret, fallbacks] = [word(draw, BENIGN), pick(draw, [undefined, words(draw, BENIGN)])];
  const lead = pick(draw, ["", "export ", "  "]);
  const tail = pick(draw, ["", " # SECRET"]);
  const own = [`${lead}SECRET_KEY=${style(secret)}${tail}`];
  if (fallbacks) own.push(`SECRET_KEY_FALLBACKS=${style(fallbacks.join(","))}${tail}`);
  return {
    text: surround(draw, ["A=1", "# a 'b", 'B="x # y"', "", "export C='z' # d"], own),
    secret,
    fallbacks,
  };
}

function jsonSample(draw: Draw): Sample {
  const [secret, fallbacks] = [word(draw, BENIGN), pick(draw, [undefined, words(draw, BENIGN)])];
  const other = ['  "a": [1e3, {"b": "}"}],', '  "c": "\\" , [",', ""] as const;
  const list = fallbacks ? [`  "SECRET_KEY_FALLBACKS": ${JSON.stringify(fallbacks)},`] : [];
  const body = surround(draw, other, [`  "SECRET_KEY": "${secret}",`, ...list]);
  return { text: `{\n${body}\n"z": 0}`, secret, fallbacks };
}

function yamlSample(draw: Draw): Sample {
  const style = pick(draw, [(value: string) => `k${value}`, single, double]);
  const read = (value: string) => (style(value).startsWith("k") ? `k${value}` : value);
  const [secret, fallbacks] = [word(draw, BENIGN), pick(draw, [undefined, words(draw, BENIGN)])];
  const items = (fallbacks ?? []).map(style);
  const block = items.length > 0 && draw(2) === 0;
  const list = block ? items.map((item) => `\n  - ${item}`).join("") : ` [${items.join(", ")}]`;
  const own = [`SECRET_KEY: ${style(secret)}`, ...(fallbacks ? [`SECRET_KEY_FALLBACKS:${list}`] : [])];
  const other = ["# a: 'b", "", "# - c"] as const;
  const text = `a: {b: [c]} # d\n${surround(draw, other, own)}`;
  return { text, secret: read(secret), fallbacks: fallbacks?.map(read) };
}

function kubernetesSample(draw: Draw): Sample {
  const [secret, fallbacks] = [word(draw, BENIGN), pick(draw, [undefined, words(draw, BENIGN)])];
  const own = [`  SECRET_KEY: "${btoa(secret)}"`];
  if (fallbacks) own.push(`  SECRET_KEY_FALLBACKS: "${btoa(fallbacks.join(","))}"`);
  const text = surround(draw, ["  # a: 'b", "", "# c"], own);
  return { text: lines("kind: Secret", "data:", "  a: eA==", text), secret, fallbacks };
}

const SAMPLES: readonly (readonly [DocumentKind, (draw: Draw) => Sample])[] = [
  ["env", envSample],
  ["json", jsonSample],
  ["yaml", yamlSample],
  ["kubernetes", kubernetesSample],
];

/** The lines that are neither the secret's, nor the fallbacks', nor the state's; items go with their list. */
function otherLines(text: string): readonly string[] {
  const all = text.split(/(?<=\n)/);
  return all
    .map((line) => line.replace(/\r?\n$/, ""))
    .filter((line) => !/SECRET_KEY|# cookiesess:|^ {2}- /.test(line) || /^ *#(?! cookiesess)/.test(line));
}

describe.each(SAMPLES)(`%s, seed ${SEED}`, (kind, sample) => {
  const draw = generator(SEED);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const alphabet = pick(draw, [BENIGN, NASTY]);
    const changes = { secret: word(draw, alphabet), fallbacks: words(draw, alphabet), state: '{"v":1}' };
    const before = sample(draw);
    return { before, changes, nasty: alphabet === NASTY };
  });

  test("reads what was put there", () => {
    for (const { before } of rounds) {
      const { secret, fallbacks } = read(kind, before.text);
      expect([before.text, secret, fallbacks]).toEqual([before.text, before.secret, before.fallbacks]);
    }
  });

  test("writes what is asked, every fallback included, and changes no other line", () => {
    let written = 0;
    for (const { before, changes, nasty } of rounds) {
      const result = read(kind, before.text).write(changes);
      if (!result.ok) {
        expect([before.text, changes, nasty]).toEqual([before.text, changes, true]);
        continue;
      }
      written++;
      const after = read(kind, result.value);
      const none = before.fallbacks === undefined && changes.fallbacks.length === 0;
      expect([result.value, after.secret, after.state]).toEqual([
        result.value,
        changes.secret,
        changes.state,
      ]);
      expect(after.fallbacks).toEqual(none ? undefined : changes.fallbacks);
      if (kind === "env" && nasty) continue;
      expect(otherLines(result.value)).toEqual(otherLines(before.text));
      if (kind === "env" && before.text.includes("\r\n")) expect(result.value).not.toMatch(/(?<!\r)\n/);
    }
    expect(written).toBeGreaterThan(ROUNDS / 2);
  });

  test("writing it back gives the same values as before", () => {
    for (const { before, changes } of rounds) {
      const result = read(kind, before.text).write(changes);
      if (!result.ok) continue;
      const back = read(kind, result.value).write({
        secret: before.secret,
        fallbacks: before.fallbacks ?? [],
      });
      const { secret, fallbacks } = read(kind, back.ok ? back.value : "");
      expect([secret, fallbacks ?? []]).toEqual([before.secret, before.fallbacks ?? []]);
    }
  });
});

type Reader = readonly [DocumentKind, (draw: Draw) => Sample, (text: string) => object];

test("JSON.parse and another reader of YAML agree", () => {
  const draw = generator(SEED + 1);
  for (let round = 0; round < ROUNDS; round++) {
    const [kind, sample, parser] = pick<Reader>(draw, [
      ["json", jsonSample, JSON.parse],
      ["yaml", yamlSample, parse],
      ["yaml", yamlSample, (text) => parse(text, { version: "1.1" })],
    ]);
    const { text } = sample(draw);
    const changes = { secret: word(draw, NASTY), fallbacks: ["x", ...words(draw, NASTY)] };
    const written = read(kind, text).write(changes);
    const values = { SECRET_KEY: changes.secret, SECRET_KEY_FALLBACKS: changes.fallbacks };
    expect(written.ok && parser(written.value)).toEqual({ ...parser(text), ...values });
  }
});
