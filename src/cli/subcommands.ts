import { type Command, Option } from "commander";
import { DEMO_FLAGS } from "../demo/flags.ts";
import { FRAMEWORKS } from "../secrets/frameworks.ts";
import { decodeCommand } from "./commands/decode.ts";
import { signCommand } from "./commands/sign.ts";
import { verifyCommand } from "./commands/verify.ts";
import { SHELLS, type Shell } from "./completion/shells.ts";
import { addFuzzFlags } from "./fuzz/flags.ts";
import type { Example } from "./help.ts";
import type { Io } from "./io.ts";
import { addNewOptionFlags } from "./new-options.ts";
import { addCommonFlags, addFormatFlags, addSecretFlags, collect } from "./options.ts";
import { OUTPUTS, SAME_SITE } from "./output.ts";

/** What Commander makes of a subcommand's argument. */
export type Argument = readonly string[] | string | undefined;

/** One subcommand: its words and flags are here, its work is loaded when it runs. */
export interface Subcommand {
  readonly name: string;
  readonly description: string;
  /** Absent: it takes none. */
  readonly argument?: readonly [flags: string, description: string, choices?: readonly string[]];
  /** Two or three; CI runs them. */
  readonly examples: readonly Example[];
  /** Its work is about the flags of every command, which are defined for it. */
  readonly tellsOfAll?: true;
  addFlags(command: Command): void;
  run(argument: Argument, command: Command, io: Io): Promise<number>;
}

const COOKIE = "a value, a Cookie: or Set-Cookie: header, a curl command, …; else standard input";
const RECOGNISED = "the cookie's format, else recognised";

export const SUBCOMMANDS: readonly Subcommand[] = [
  {
    name: "decode",
    description: "show what is inside a cookie, with no secret",
    argument: ["[cookie...]", COOKIE],
    examples: [
      {
        about: "what a Flask site keeps in its cookie",
        run: "cookiesess decode \\\n  'eyJuIjoxLCJ1c2VyIjoiYWRhIn0.aVW5AA.DWtE90NHai-EAh2FcVDFZANoJXQ'",
      },
      {
        about: "the session of a request, copied with its other cookies",
        run: 'cookiesess decode "Cookie: theme=dark; sessionid=$COOKIE"',
      },
      {
        about: "every session that a browser recorded, as JSON",
        run: "cookiesess decode --har site.har --json",
      },
    ],
    addFlags(command) {
      addItemFlags(command);
      addCommonFlags(command, RECOGNISED);
      addFormatFlags(command, "decode");
    },
    async run(cookies, command, io) {
      return decodeCommand(listOf(cookies), command, io);
    },
  },
  {
    name: "verify",
    description: "check a cookie's signature and age",
    argument: ["[cookie...]", COOKIE],
    examples: [
      {
        about: "is it genuine and recent, and if not, why?",
        run: 'cookiesess verify "$COOKIE" --secret-env SECRET_KEY',
      },
      {
        about: "by the rules of an older Django, of any age",
        run: 'cookiesess verify "$COOKIE" --secret-file key.txt --django 3.2 --max-age none',
      },
      {
        about: "a whole file for a script: the exit code, and nothing else",
        run: "cookiesess verify --quiet --secret-env SECRET_KEY < cookies.txt",
      },
    ],
    addFlags(command) {
      addItemFlags(command).option("--no-explain", "do not look for the reason of a bad signature");
      addCommonFlags(addSecretFlags(command), RECOGNISED);
      addFormatFlags(command, "verify");
    },
    async run(cookies, command, io) {
      return verifyCommand(listOf(cookies), command, io);
    },
  },
  {
    name: "sign",
    description: "mint a cookie",
    argument: ["[payload]", "the payload, usually JSON; - : standard input"],
    examples: [
      { about: "a session for Django", run: "cookiesess sign '{\"cart\":[1,2]}' --secret-env SECRET_KEY" },
      {
        about: "one thing changed in a session, and everything else kept",
        run: 'cookiesess sign --from "$COOKIE" --set cart.0=7 --secret-env SECRET_KEY',
      },
      {
        about: "user 1 logged in, for a browser that Playwright drives",
        run: [
          'cookiesess sign --login 1 --password-hash "$PASSWORD_HASH" --with-csrf \\',
          "  --secret-env SECRET_KEY --url http://localhost:8000 --output playwright",
        ].join("\n"),
      },
    ],
    addFlags(command) {
      addMintingFlags(command);
      addCommonFlags(addSecretFlags(command), "the cookie's format, else django");
      addFormatFlags(command, "sign");
    },
    async run(payload, command, io) {
      return signCommand(listOf(payload)[0], command, io);
    },
  },
  {
    name: "rotate-key",
    description: "rotate the secrets in a file, or re-sign cookies from old secrets to a new one",
    argument: ["[cookie...]", `${COOKIE}; printed as it came, with the new value in place`],
    examples: [
      {
        about: "the secrets of a .env file: what is due next, and the first step",
        run: "cookiesess rotate-key --file .env --status\ncookiesess rotate-key --file .env --phase introduce",
      },
      {
        about: "cookies from an old secret to a new one",
        run: [
          "cookiesess rotate-key --secret-env SECRET_KEY --new-secret-env NEW_KEY \\",
          "  --in cookies.txt --out new.txt --rejects bad.txt",
        ].join("\n"),
      },
      {
        about: "sessions of Django 2.2 as Django 5.2 signs them",
        run: [
          'cookiesess rotate-key "$OLD_COOKIE" --django 2.2 --to-django 5.2 \\',
          "  --secret-env SECRET_KEY --new-secret-env SECRET_KEY",
        ].join("\n"),
      },
    ],
    addFlags(command) {
      addFileFlags(command);
      addRotationFlags(command);
      addCommonFlags(command, RECOGNISED, Object.keys(FRAMEWORKS));
      addNewOptionFlags(command);
      addFormatFlags(command, "rotate-key");
    },
    async run(cookies, command, io) {
      const { file, stdout } = command.opts<{ file?: string; stdout?: boolean }>();
      if (file !== undefined || stdout) {
        const { rotateFile } = await import("./commands/rotate-file.ts");
        return rotateFile(listOf(cookies), command, io);
      }
      const { rotateCookies } = await import("./commands/rotate-cookies.ts");
      return rotateCookies(listOf(cookies), command, io);
    },
  },
  {
    name: "fuzz",
    description: "find out whether a server refuses forged, stale and hostile session cookies",
    examples: [
      { about: "what it tries", run: "cookiesess fuzz --list" },
      {
        about: "a server on this machine: a page for those who are logged in",
        run: [
          'cookiesess fuzz --url http://127.0.0.1:8000/me --cookie "sessionid=$COOKIE" \\',
          "  --secret-env SECRET_KEY --junit fuzz.xml",
        ].join("\n"),
      },
      {
        about: "the codec of this package, in place of a server",
        run: "cookiesess fuzz --format flask --max-requests 500",
      },
    ],
    addFlags(command) {
      addFuzzFlags(command);
      addCommonFlags(addSecretFlags(command), RECOGNISED);
      addFormatFlags(command, "fuzz");
    },
    async run(_none, command, io) {
      const { fuzzCommand } = await import("./commands/fuzz.ts");
      return fuzzCommand(command, io);
    },
  },
  {
    name: "demo",
    description: "serve a small site whose sessions are in cookies, on this machine alone",
    examples: [
      { about: "at http://127.0.0.1:8000", run: "cookiesess demo --port 8000" },
      {
        about: "logins shared with a Django site of this secret",
        run: "cookiesess demo --django 5.2 --secret-env SECRET_KEY",
      },
      { about: "the faults that it can have on purpose", run: "cookiesess demo --flaw list" },
    ],
    addFlags(command) {
      command.option("-q, --quiet", "print the address alone, and no requests");
      for (const { flag, description, choices } of DEMO_FLAGS) {
        const option = new Option(flag, description);
        command.addOption(choices === undefined ? option : option.choices(choices));
      }
      addSecretFlags(command);
    },
    async run(_none, command, io) {
      const { demoCommand } = await import("./commands/demo.ts");
      return demoCommand(command, io);
    },
  },
  {
    name: "completion",
    description: "print a script that completes commands and options in a shell",
    argument: ["<shell>", "whose script", SHELLS],
    tellsOfAll: true,
    examples: [
      {
        about: "bash, from its next start on",
        run: "cookiesess completion bash \\\n  > ~/.local/share/bash-completion/completions/cookiesess",
      },
      {
        about: "bash without the package bash-completion",
        run: "echo 'source <(cookiesess completion bash)' >> ~/.bashrc",
      },
      {
        about: "zsh, where compinit runs in ~/.zshrc",
        run: "echo 'source <(cookiesess completion zsh)' >> ~/.zshrc",
      },
      { about: "fish", run: "cookiesess completion fish > ~/.config/fish/completions/cookiesess.fish" },
      { about: "PowerShell", run: 'cookiesess completion powershell >> "$PROFILE"' },
    ],
    addFlags() {},
    async run(shell, command, io) {
      const { completionCommand } = await import("./commands/completion.ts");
      return completionCommand(shell as Shell, command.parent ?? command, io);
    },
  },
];

function listOf(argument: Argument): readonly string[] {
  if (argument === undefined) return [];
  return typeof argument === "string" ? [argument] : argument;
}

function addItemFlags(command: Command): Command {
  return command
    .option("--har <file>", "read every cookie of a HAR file")
    .option("--raw", "take the value exactly as it is given");
}

function addRotationFlags(command: Command): Command {
  return addSecretFlags(
    command
      .optionsGroup("Cookies:")
      .option("--in <file>", "read cookies from a file, one a line")
      .option("--out <file>", "write them to a file, which is replaced once all are written")
      .option("--rejects <file>", "report refused lines there instead of on stderr")
      .option("--refresh", "give the cookies the present time; else they keep theirs"),
  )
    .option("--new-secret <text>", "the secret to sign with (others may see it: prefer the next two)")
    .option("--new-secret-file <file>", "a file that holds it")
    .option("--new-secret-env <variable>", "an environment variable that holds it");
}

function addFileFlags(command: Command): Command {
  return command
    .optionsGroup("Secrets in a file:")
    .option("--file <file>", "the file that holds the secrets: .env, JSON, YAML or a Kubernetes Secret")
    .option("--stdout", "for secret managers: JSON from standard input to standard output")
    .addOption(
      new Option("--kind <kind>", "what the file is, where its name does not say").choices([
        "env",
        "docker-env",
        "json",
        "yaml",
        "kubernetes",
      ]),
    )
    .option("--key <name>", "the secret's name there (default: the framework's)")
    .option("--fallbacks <name>", "the fallbacks' name")
    .addOption(
      new Option(
        "--phase <phase>",
        "one step of a rolling deploy, else introduce and promote at once",
      ).choices(["introduce", "promote", "retire"]),
    )
    .option("--status", "say where the rotation stands, and what to do next")
    .option("--check <file>", "count under which secret each cookie of a sample verifies")
    .option("--if-older-than <duration>", "do nothing while the secret is younger")
    .option("--keep <count>", "keep at most so many fallbacks")
    .option("--force", "retire fallbacks whose cookies may still be valid")
    .option("--compromised", "replace the secret and drop the fallbacks: every session ends")
    .option("--yes", "with --compromised: do not ask")
    .option("--length <count>", "of a generated secret: characters, or bytes before encoding")
    .option("--print", "print the new secret")
    .option("--dry-run", "show what would change")
    .option("--backup", "keep a copy of the file")
    .option("--lock-timeout <duration>", "how long to wait for another run (default: 10s)")
    .option("--github", "tell a GitHub Actions workflow");
}

function addMintingFlags(command: Command): Command {
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
    .addOption(new Option("--output <how>", "what to print").choices(OUTPUTS))
    .option("--url <url>", "the site, for curl, netscape and playwright")
    .option("--domain <domain>", "the attribute Domain")
    .option("--path <prefix>", "the attribute Path (default: /)")
    .option("--secure", "the attribute Secure")
    .option("--http-only", "the attribute HttpOnly")
    .addOption(new Option("--same-site <how>", "the attribute SameSite").choices(SAME_SITE))
    .option("--expires-in <duration>", "the attributes Max-Age and Expires: 3600, 12h, 14d, …");
}
