import { expect, test } from "vitest";
import { unreadKind } from "../../src/formats/index.ts";

/** As the documentation of each shows them, or its own code wrote them. */
test.each<[string, string, string]>([
  ["JSON Web Token", "token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ2In0.zOJVh7Lq6jNEtykcDqk7"],
  [
    "JSON Web Token",
    "token",
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r",
  ],
  [
    "JSON Web Token",
    "next-auth.session-token",
    "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..ThFkmFwZS3ibZ-35.yrQZ.Pg",
  ],
  [
    "cookie-signature",
    "connect.sid",
    "s:zOZUE71RATrHjolslyMk0Z7saVtzMmGX.7DL1DoUr1UgE9+1RXgwjtNa+XEjKGYi8RioZ8FG6Okg",
  ],
  ["PHP", "PHPSESSID", "el4ukv0kqbvoirg7nkp4dncpk3"],
  ["Laravel", "laravel_session", "eyJpdiI6IlMzQkREWTVScmdQc1hoandld3dNMnc9PSIsInZhbHVlIjoiNSJ9"],
  ["Rails", "prefs", "eyJhIjowfQ==--8009601f7a5fd4a1f9e57903785f851842700242"],
  ["Rails", "_app_session", "IasHsvik/C0=--GWM1JTjhRbfQ3vsZ--GHHai867I74idArKJosQJA=="],
  ["iron", "app", "Fe26.2*1*cf2737818b94966a*BzGnfI3OOm*gcg7LjcuzgzqAHJO*1760820598000*50b4b84b*0C5bnxn3~2"],
])("%s: %s=%s", (what, name, value) => {
  expect(unreadKind(value, name)?.what).toContain(what);
});

test.each([
  "",
  "dark",
  "a.b.c",
  "eyJhIjoxfQ.aVW5AA.sig",
  "s:abc",
  "el4ukv0kqbvoirg7nkp4dncpk3",
  "a--b",
  "Fe26.2",
])("%j is nothing", (value) => {
  expect(unreadKind(value, "other")).toBeUndefined();
});
