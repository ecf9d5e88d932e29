import type { Flag, Grammar, Values, Verb } from "./grammar.ts";

export function fish({ name, flags, verbs }: Grammar): string {
  const first = quote(`__${name}_command`);
  return `# fish completion for ${name}, as \`${name} completion fish\` prints it

# Whether this is the command; without one, whether there is none yet.
function __${name}_command
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    test "$words[2]" = "$argv[1]"
end

complete --command ${name} --no-files
${flags.map((flag) => `complete -c ${name} -n ${first} ${optionOf(flag)}`).join("\n")}
${verbs.map((verb) => verbLines(verb, name, first)).join("\n")}
`;
}

function verbLines({ name, description, flags, words }: Verb, program: string, first: string): string {
  const when = quote(`__${program}_command ${name}`);
  return [
    `complete -c ${program} -n ${first} -a ${name} -d ${quote(description)}`,
    ...flags.map((flag) => `complete -c ${program} -n ${when} ${optionOf(flag)}`),
    ...(words.length === 0 ? [] : [`complete -c ${program} -n ${when} -a ${quote(words.join(" "))}`]),
  ].join("\n");
}

function optionOf({ names, description, values, optional }: Flag): string {
  const spelled = names.map((name) =>
    name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  const value = values === undefined || optional ? "" : ` ${argumentOf(values)}`;
  return `${spelled.join(" ")}${value} -d ${quote(description)}`;
}

function argumentOf(values: Values): string {
  if (values.kind === "choices") return `-x -a ${quote(values.choices.join(" "))}`;
  return { file: "-r -F", variable: `-x -a ${quote("(set --names --export)")}`, text: "-x" }[values.kind];
}

/** Inside its single quotes fish knows two escapes. */
function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
