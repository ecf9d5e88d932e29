import type { Flag, Grammar, Values, Verb } from "./grammar.ts";
import { quote } from "./quote.ts";

/** Completes in bash 3.2 and later, without the package bash-completion. */
export function bash({ name, flags, verbs }: Grammar): string {
  const names = verbs.map((verb) => verb.name);
  return `# bash completion for ${name}, as \`${name} completion bash\` prints it

# Offers those of the words that begin with the one at the cursor.
_${name}_offer() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$@" -- "$current")
}

# readline completes names of files itself, with their quotes; bash before 4 cannot be told to.
_${name}_files() {
  compopt -o default 2>/dev/null || _${name}_offer -f
}

_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  # "--format=dj" is three words here.
  if [[ $current == = ]]; then current=
  elif [[ $previous == = && COMP_CWORD -gt 1 ]]; then previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _${name}_offer -W ${quote([...names, ...flags.flatMap((flag) => flag.names)].join(" "))}
    return
  fi
  case \${COMP_WORDS[1]} in
${verbs.map((verb) => verbCase(verb, name)).join("\n")}
  esac
}

complete -F _${name} ${name}
`;
}

function verbCase({ name, flags, words }: Verb, program: string): string {
  const offer = (list: readonly string[]) => `_${program}_offer -W ${quote(list.join(" "))}`;
  const options = flags.flatMap((flag) => flag.names.filter((option) => option.startsWith("--")));
  const otherwise = words.length === 0 ? "" : `else ${offer(words)}; `;
  return `    ${name})
      case $previous in
${valueCases(flags, program)}
        *) if [[ $current == -* ]]; then ${offer(options)}; ${otherwise}fi ;;
      esac ;;`;
}

/** What follows the options that take something, one line for all that take the same. */
function valueCases(flags: readonly Flag[], program: string): string {
  const names = new Map<string, string[]>();
  for (const flag of flags) {
    if (flag.values === undefined || flag.optional) continue;
    const action = actionOf(flag.values, program);
    names.set(action, [...(names.get(action) ?? []), ...flag.names]);
  }
  return [...names].map(([action, known]) => `        ${known.join(" | ")}) ${action} ;;`).join("\n");
}

function actionOf(values: Values, program: string): string {
  if (values.kind === "choices") return `_${program}_offer -W ${quote(values.choices.join(" "))}`;
  return { file: `_${program}_files`, variable: `_${program}_offer -e`, text: ":" }[values.kind];
}
