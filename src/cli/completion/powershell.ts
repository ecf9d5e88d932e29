import type { Flag, Grammar, Verb } from "./grammar.ts";

/**
 * Completes in PowerShell 5.1 and later. Where nothing is offered, PowerShell itself completes names of files. Windows
 * PowerShell asks about `--f`, and never about `-` or `--` alone (PowerShell issue 2912).
 */
export function powershell({ name, flags, verbs }: Grammar): string {
  return `# PowerShell completion for ${name}, as \`${name} completion powershell\` prints it

Register-ArgumentCompleter -Native -CommandName ${quote(name)} -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)

  $commands = [ordered]@{
${verbs.map(verbEntry).join("\n")}
  }
  $options = [ordered]@{
${flags.map(flagEntry).join("\n")}
  }
  $values = @{}
  $offered = $commands

  $words = @($commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '') { $words = @($words | Select-Object -SkipLast 1) }
  if ($words.Count -gt 1) {
    $offered = [ordered]@{}
    switch ($words[1]) {
${verbs.map(verbCase).join("\n")}
    }
  }

  $previous = $words[-1]
  $prefix = ''
  if ($wordToComplete -match '^(--[\\w-]+)=(.*)$') {
    $previous = $Matches[1]
    $prefix = "$previous="
    $wordToComplete = $Matches[2]
  }
  if ($words.Count -gt 1 -and $values.ContainsKey($previous)) {
    $offered = [ordered]@{}
    foreach ($value in $values[$previous]) { $offered[$value] = $value }
  } elseif ($wordToComplete.StartsWith('-')) {
    $offered = $options
  }
  foreach ($entry in $offered.GetEnumerator()) {
    if ($entry.Key.StartsWith($wordToComplete)) {
      [System.Management.Automation.CompletionResult]::new($prefix + $entry.Key, $entry.Key, 'ParameterValue', $entry.Value)
    }
  }
}
`;
}

function verbEntry({ name, description }: Verb): string {
  return `    ${quote(name)} = ${quote(description)}`;
}

function flagEntry({ names, description }: Flag): string {
  return `    ${quote(names.at(-1) ?? "")} = ${quote(description)}`;
}

function verbCase({ name, flags, words }: Verb): string {
  const values = flags.flatMap((flag) => valueEntries(flag));
  return `      ${quote(name)} {
        $options = [ordered]@{
${flags.map((flag) => `      ${flagEntry(flag)}`).join("\n")}
        }
        $values = @{
${values.join("\n")}
        }
        $offered = [ordered]@{ ${words.map((word) => `${quote(word)} = ${quote(word)}`).join("; ")} }
      }`;
}

/** What may follow an option; for names of files and any text, nothing. */
function valueEntries({ names, values, optional }: Flag): string[] {
  if (values === undefined || optional) return [];
  return names.map((name) => `          ${quote(name)} = ${listOf(values)}`);
}

function listOf(values: NonNullable<Flag["values"]>): string {
  if (values.kind === "variable") return "@((Get-ChildItem Env:).Name)";
  return `@(${values.kind === "choices" ? values.choices.map(quote).join(", ") : ""})`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
