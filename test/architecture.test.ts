import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { formats } from "../src/formats/index.ts";

const absolute = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

function filesUnder(folder: string): readonly string[] {
  return readdirSync(absolute(folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name}`);
}

function withoutComments(path: string): string {
  const source = ts.createSourceFile(path, readFileSync(absolute(path), "utf8"), ts.ScriptTarget.Latest);
  return ts.createPrinter({ removeComments: true }).printFile(source);
}

/** Examples of commands name formats, as those who type them do; nothing is decided there. */
const WORDS = "src/cli/examples.ts";

test("what serves every format names none", () => {
  const folders = ["src/core", "src/platform", "src/cli"].flatMap(filesUnder);
  const files = ["src/codec.ts", ...folders.filter((path) => path !== WORDS)];
  const namings = files.flatMap((path) =>
    withoutComments(path)
      .split("\n")
      .filter((line) => /django|flask|express\b|cookie-?session/i.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(namings).toEqual([]);
});

describe("a format's file, fixtures and place in the registry have the name of its id", () => {
  test.each(Object.entries(formats))("%s", (id, format) => {
    expect(format.id).toBe(id);
    expect(existsSync(absolute(`src/formats/${id}.ts`))).toBe(true);
    expect(existsSync(absolute(`fixtures/${id}`))).toBe(true);
  });

  test("none is left out of the registry", () => {
    const files = readdirSync(absolute("src/formats")).filter((name) => name.endsWith(".ts"));
    const ids = files.map((name) => name.slice(0, -".ts".length)).filter((id) => id !== "index");
    expect(ids.sort()).toEqual(Object.keys(formats).sort());
  });
});
