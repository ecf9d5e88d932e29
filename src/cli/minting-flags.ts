import type { Command } from "commander";
import { collect } from "./options.ts";
import { OUTPUTS, SAME_SITE } from "./output.ts";

export function addMintingFlags(command: Command): Command {
  return command
    .option("--payload-file <file>", "read the payload from a file")
    .option(
      "--set <key=value>",
      "set a key (dots go deeper); the value is JSON, else text; repeatable",
      collect,
    )
    .option("--from <cookie>", "start from this cookie's payload, and keep how it was made")
    .option("--keep-timestamp", "with --from: keep its time")
    .optionsGroup("How it is written:")
    .addOption(command.createOption("--output <how>", "what to print").choices(OUTPUTS))
    .option("--url <url>", "the site, for curl, netscape and playwright")
    .option("--domain <domain>", "the attribute Domain")
    .option("--path <prefix>", "the attribute Path (default: /)")
    .option("--secure", "the attribute Secure")
    .option("--http-only", "the attribute HttpOnly")
    .addOption(command.createOption("--same-site <how>", "the attribute SameSite").choices(SAME_SITE))
    .option("--expires-in <duration>", "the attributes Max-Age and Expires: 3600, 12h, 14d, …");
}
