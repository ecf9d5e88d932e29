import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Stage } from "../stage.ts";
import { svgOf } from "./svg.ts";

const folder = fileURLToPath(new URL("../../docs/shots/", import.meta.url));

const SECRET = "k3v9xq2mzt7rj5wn8bhc4ygs6pdl1fae0uoi-XQ7Z9W4V2T8R5N";

/** A login that Django 5.2 made. */
const COOKIE =
  "sessionid=.eJxVjDsOwjAQBe_iGlkO_sBS0ucM1tq7iwPIluKkQtwdIqWA9s3Me6mI61Li2nmOE6mLGtThd0uYH1w3QHest6Zzq8s8Jb0peqddj434ed3dv4OCvXzrAJYY6YTgARlMMOLP4gSDDRaPjpjZDWgRUvaSrRjrGRORCQQCoN4fAj85Aw:1uLFnd:KYYMPf3loHh9jPK8ouxyBoEhyLux3arFEwvLBK1p82Q";

/** What is on each picture, and what has to be there first. */
const SHOTS = {
  decode: { setUp: [`COOKIE='${COOKIE}'`], command: 'npx cookiesess decode "$COOKIE"' },
  verify: {
    setUp: [
      `echo '${SECRET}' > key.txt`,
      `COOKIE=$(cookiesess sign '[1,2]' --backend signing --secret-file key.txt)`,
    ],
    command: 'cookiesess verify "$COOKIE" --secret-file key.txt',
  },
  status: {
    setUp: [
      "umask 077",
      `echo 'SECRET_KEY=${SECRET}' > .env`,
      "NOW=2026-11-06T09:00:00Z cookiesess rotate-key --file .env --phase introduce",
      "NOW=2026-11-07T09:00:00Z cookiesess rotate-key --file .env --phase promote",
    ],
    command: "cookiesess rotate-key --file .env --status",
  },
} as const;

const hasScript = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux");

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.make();
});
afterAll(() => stage.dispose());

/** `npm run docs:shots` takes them again. */
describe.skipIf(!hasScript)("pictures show what a terminal shows", () => {
  test.each(Object.entries(SHOTS))(
    "%s",
    async (name, { setUp, command }) => {
      const ran = await stage.runOnTerminal([...setUp, command]);
      const lines = [`\u001b[2m$\u001b[22m ${command}`, ...(ran.at(-1)?.output ?? "").trimEnd().split("\n")];
      expect(lines.length, JSON.stringify(ran)).toBeGreaterThan(4);
      await expect(svgOf(command, lines)).toMatchFileSnapshot(`${folder}${name}.svg`);
    },
    60_000,
  );
});
