import { expect, test } from "vitest";
import { kindOf } from "../../src/secrets/parse-document.ts";

test.each([
  [".env", "", "env"],
  ["/srv/site/.env", "kind: Secret", "env"],
  [".env.production", "", "env"],
  ["site.env", "", "env"],
  ["C:\\site\\.env", "", "env"],
  [".env.json", "{}", "json"],
  ["settings.json", "{", "json"],
  ["settings.yml", "a: 1", "yaml"],
  ["settings.YAML", "a: kind: Secret", "yaml"],
  ["secret.yaml", "a: 1\n---\n# c\nkind: Secret\n", "kubernetes"],
  ["secret.yaml", '{"kind": "Secret"}', "kubernetes"],
  ["secret.json", '{"apiVersion": "v1", "kind": "Secret"}', "kubernetes"],
  ["settings.json", '{"a": {"kind": "Secret"}}', "json"],
  ["settings.yaml", "a:\n  kind: Secret\n", "yaml"],
  ["settings.py", "", undefined],
  ["environment", "", undefined],
  ["x.env/settings.toml", "", undefined],
])("kindOf(%j, %j) is %s", (path, text, kind) => {
  expect(kindOf(path, text)).toBe(kind);
});
