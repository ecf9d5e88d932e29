import type { Command } from "commander";
import { addSecretFlags } from "../options.ts";

export function addRotationFlags(command: Command): Command {
  return addSecretFlags(
    command
      .optionsGroup("Cookies:")
      .option(
        "--in <file>",
        "read cookies from a file, one a line, or with a companion on the next (session, session.sig)",
      )
      .option(
        "--out <file>",
        "write them to a file, which is replaced once all are written; it may be the input",
      )
      .option(
        "--rejects <file>",
        "put refused lines there, each under its reason; else stderr has the reasons",
      )
      .option("--refresh", "give the cookies the present time; else they keep theirs"),
  )
    .option(
      "--new-secret <text>",
      "the secret to sign with, else one is generated for a file (others may see it: prefer the next two)",
    )
    .option("--new-secret-file <file>", "a file that holds it")
    .option("--new-secret-env <variable>", "an environment variable that holds it");
}

export function addFileFlags(command: Command): Command {
  return command
    .optionsGroup("Secrets in a file:")
    .option("--file <file>", "the file that holds the secrets: .env, JSON, YAML or a Kubernetes Secret")
    .option("--stdout", "for secret managers: JSON from standard input to standard output")
    .addOption(
      command
        .createOption("--kind <kind>", "what the file is, where its name does not say")
        .choices(["env", "docker-env", "json", "yaml", "kubernetes"]),
    )
    .option("--key <name>", "the secret's name there (default: the framework's)")
    .option("--fallbacks <name>", "the fallbacks' name")
    .addOption(
      command
        .createOption("--phase <phase>", "one step of a rolling deploy, else introduce and promote at once")
        .choices(["introduce", "promote", "retire"]),
    )
    .option("--status", "say where the rotation stands, and what to do next")
    .option("--check <file>", "count under which secret each session of a sample verifies")
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
