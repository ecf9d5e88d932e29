import type { Command } from "commander";
import { SEVERITIES, type Severity } from "../../fuzz/finding.ts";
import { type CommonFlags, collect, collectListed } from "../options.ts";
import type { SecretFlags } from "../secrets.ts";

/** The flags of `fuzz`, as Commander hands them out. */
export interface FuzzFlags extends CommonFlags, SecretFlags {
  readonly url?: string;
  readonly exec?: string;
  readonly cookie?: string;
  readonly loggedIn?: string;
  readonly method?: string;
  readonly header?: readonly string[];
  readonly data?: string;
  readonly logoutUrl?: string;
  readonly logoutMethod?: string;
  readonly authorizedHost?: readonly string[];
  readonly concurrency?: string;
  readonly rate?: string;
  readonly timeout?: string;
  readonly retiredSecretFile?: readonly string[];
  readonly retiredSecretEnv?: readonly string[];
  readonly endedCookie?: readonly string[];
  readonly wordlist?: string;
  readonly list?: boolean;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly seed?: string;
  readonly maxRequests?: string;
  readonly timeLimit?: string;
  readonly replay?: string;
  readonly emit?: string;
  readonly junit?: string;
  readonly sarif?: string;
  readonly markdown?: string;
  readonly failOn?: Severity;
  readonly baseline?: string;
}

export function addFuzzFlags(command: Command): Command {
  return command
    .optionsGroup("What is attacked:")
    .option("--url <url>", "a page of a running server that answers a session and nobody differently")
    .option(
      "--cookie <cookie>",
      "a genuine session cookie, as a value or a Cookie: header; -: standard input",
    )
    .option("--exec <command>", "a program that judges {} by its exit code: 0 accepts (no shell)")
    .option("--logged-in <how>", "how the session's answer is known: a text, /a pattern/, or status:200")
    .option("--method <method>", "the request's method (default: GET)")
    .option("--header <line>", "one more header: 'Name: value'; repeatable", collect)
    .option("--data <text>", "the request's body")
    .option("--logout-url <url>", "where the session is ended, to try its cookie afterwards")
    .option("--logout-method <method>", "the method there (default: GET)")
    .option("--authorized-host <host>", "attack this host, which is not this machine; repeatable", collect)
    .option("--concurrency <count>", "requests at once (default: 4)")
    .option("--rate <count>", "at most so many requests a second")
    .option("--timeout <duration>", "how long to wait for an answer (default: 10s)")
    .optionsGroup("What is known:")
    .option("--retired-secret-file <file>", "a file with a secret that must be refused; repeatable", collect)
    .option("--retired-secret-env <variable>", "an environment variable with one; repeatable", collect)
    .option("--ended-cookie <cookie>", "the cookie of a session that has ended; repeatable", collect)
    .option("--wordlist <file>", "secrets to try on the cookie's signature, one a line; nothing is sent")
    .optionsGroup("How:")
    .option("--list", "name the attacks")
    .option("--only <attack>", "these attacks or groups alone; repeatable, or with commas", collectListed)
    .option("--skip <attack>", "not these", collectListed)
    .option("--seed <number>", "the same seed and cookie give the same requests (default: a random one)")
    .option("--max-requests <count>", "at most so many cases (default: 1000)")
    .option("--time-limit <duration>", "end after so long, and report what was found")
    .option("--replay <id>", "send one case again, with its --seed")
    .option("--emit <count>", "print so many hostile cookies as JSON lines, with what each must get")
    .optionsGroup("Reports:")
    .option("--junit <file>", "write one as JUnit XML")
    .option("--sarif <file>", "write one as SARIF 2.1.0, for code scanning")
    .option("--markdown <file>", "write one as Markdown")
    .addOption(
      command
        .createOption("--fail-on <severity>", "exit with 1 from this severity on (default: medium)")
        .choices([...SEVERITIES]),
    )
    .option("--baseline <file>", "an earlier --json report: its findings are known and do not count");
}
