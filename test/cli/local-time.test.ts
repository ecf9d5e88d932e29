import { expect, test } from "vitest";
import { django } from "./fixtures.ts";
import { run, type World } from "./io.ts";

/** Until the last Sunday of October 2024, two hours ahead; then one. */
const BERLIN = (at: number) => (at < Date.parse("2024-10-27T01:00:00Z") / 1000 ? 120 : 60);
const NEW_YORK = () => -240;
const KATHMANDU = () => 345;

async function shown(
  zoneOffset: (at: number) => number,
  terminal: World["terminal"] = ["stdout"],
): Promise<string> {
  const { value } = django("login-plain", "5.2.18");
  const now = Date.parse("2024-05-18T12:00:00Z") / 1000;
  const argv = ["decode", "--color", "never", "--max-age", "200d", value];
  const { stdout } = await run(argv, { now, zoneOffset, terminal, columns: 120 });
  return stdout;
}

test("local time stands beside UTC, summer time by the date that is shown", async () => {
  const text = await shown(BERLIN);
  expect(text).toContain("signed   2024-05-18 02:40:00 UTC (2024-05-18 04:40:00 +02:00), 9 hours ago");
  expect(text).toContain("expires  2024-12-04 02:40:00 UTC (2024-12-04 03:40:00 +01:00), in 6 months");
});

test("west of Greenwich, and between the hours", async () => {
  expect(await shown(NEW_YORK)).toContain("2024-05-18 02:40:00 UTC (2024-05-17 22:40:00 -04:00)");
  expect(await shown(KATHMANDU)).toContain("2024-05-18 02:40:00 UTC (2024-05-18 08:25:00 +05:45)");
});

test("where local time is UTC it is not repeated", async () => {
  expect(await shown(() => 0)).toContain("signed   2024-05-18 02:40:00 UTC, 9 hours ago");
});

test("what goes to a file or a pipe is the same in every zone", async () => {
  expect(await shown(BERLIN, [])).toBe(await shown(() => 0));
});
