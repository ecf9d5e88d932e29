import { marked } from "marked";
import { describe, expect, test } from "vitest";
import { KINDS } from "../../../src/fuzz/finding.ts";
import { writeMarkdown } from "../../../src/fuzz/report/markdown.ts";
import { clean, finding, HARMLESS, hostileReport, report } from "./sample.ts";

/** What a reader sees of it. */
function seen(markdown: string): string {
  return html(markdown)
    .replace(/<!--.*?-->/g, "")
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

function html(markdown: string): string {
  return marked.parse(markdown, { gfm: true, async: false });
}

describe("findings", () => {
  const text = seen(writeMarkdown(report()));

  test("stand under what was done, with why, what to do and the command", () => {
    expect(text).toContain("cookiesess fuzz: 2 findings");
    expect(text).toContain("critical: base64 spare bits of the signature were changed");
    expect(text).toContain("accepted-forgery encoding/spare-bits#3: accepted, 3 of 64 cases");
    expect(text).toContain(`${KINDS["accepted-replay"].why} ${KINDS["accepted-replay"].advice}`);
    expect(text).toContain(finding().command);
  });

  test("follow the baseline and the groups", () => {
    expect(text).toContain("608 cases in 2.1 s, seed 7");
    expect(text).toContain("200, 64 B for the genuine session, 200, 14 B for nobody, told apart by the body");
    expect(html(writeMarkdown(report()))).toMatch(
      /<td>encoding<\/td>\s*<td align="right">41<\/td>\s*<td align="right"><strong>1<\/strong><\/td>/,
    );
  });

  test("are followed by what is none", () => {
    expect(text).toContain("By design: Django strips white space around a cookie's value.");
    expect(text).toContain("2 attacks not made: no secret was given: --secret-env NAME");
    expect(text).toContain("1 attack not made: the format does not sign the name");
  });

  test("without a command have no empty block", () => {
    expect(writeMarkdown(report({ findings: [finding({ command: undefined })] }))).not.toContain("```");
  });
});

test("no finding, and an early end", () => {
  const text = seen(writeMarkdown({ ...clean, stopped: "time" }));
  expect(text).toContain("cookiesess fuzz: no finding");
  expect(text).toContain("the time was up");
});

describe("what a cookie holds", () => {
  const markdown = writeMarkdown(hostileReport);

  test("is no HTML, link, image, mention or control character", () => {
    const tags = new Set(html(markdown).match(/<[a-z]\w*/g));
    expect([...tags].sort()).toEqual(
      [
        "<br",
        "<code",
        "<h2",
        "<h3",
        "<li",
        "<p",
        "<pre",
        "<strong",
        "<table",
        "<tbody",
        "<td",
        "<th",
        "<thead",
      ]
        .concat("<tr", "<ul")
        .sort(),
    );
    expect(markdown).toMatch(HARMLESS);
    const outsideCode = html(markdown).replace(/<code.*?<\/code>/gs, "");
    expect(outsideCode).not.toContain("@you");
  });

  test("is seen as it is", () => {
    const text = seen(markdown);
    expect(text).toContain("the cookie is \\u0000\\u001b[2J");
    expect(text).toContain(
      `<script>alert('x')</script> ]]> | \`\` \`\`\` "&amp; é漢 [a](http://evil) {0} @you`,
    );
  });

  test("does not make it longer than a comment may be", () => {
    const many = Array.from({ length: 500 }, () => hostileReport.findings[0] ?? finding());
    const long = writeMarkdown(report({ findings: many }));
    expect(long.length).toBeLessThan(65_536);
    expect(long).toContain("470 more findings");
  });
});
