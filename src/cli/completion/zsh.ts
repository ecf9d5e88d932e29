import type { Flag, Grammar, Values, Verb } from "./grammar.ts";
import { quote } from "./quote.ts";

/** Completes in zsh: as a file of `fpath`, or read with `source` after compinit. */
export function zsh({ name, flags, verbs }: Grammar): string {
  return `#compdef ${name}
# zsh completion for ${name}, as \`${name} completion zsh\` prints it

_${name}() {
  local context state state_descr line curcontext=$curcontext
  typeset -A opt_args
  _arguments -C -s -S \\
${lines([...flags.map((flag) => specOf(flag)), quote("1: :->command"), quote("*:: :->rest")])} && return
  if [[ $state == command ]]; then
    local -a commands=(
${verbs.map((verb) => `      ${quote(`${colonSafe(verb.name)}:${verb.description}`)}`).join("\n")}
    )
    _describe -t commands command commands
    return
  fi
  case $words[1] in
${verbs.map(verbCase).join("\n")}
  esac
}

if [[ $funcstack[1] == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function lines(specs: readonly string[]): string {
  return specs.map((spec) => `      ${spec}`).join(" \\\n");
}

function verbCase({ name, flags, words }: Verb): string {
  const argument = words.length === 0 ? quote("*: :()") : quote(`1: :(${words.join(" ")})`);
  return `    ${name})
      _arguments -s -S \\
${lines([...flags.map((flag) => specOf(flag)), argument])} ;;`;
}

/** One option for `_arguments`: `'(-f --format)'{-f+,--format=}'[about it]:id:(django flask)'`. */
function specOf({ names, description, values, placeholder, optional, repeatable }: Flag): string {
  const once = repeatable ? quote("*") : quote(`(${names.join(" ")})`);
  const spelled = names.map((name) => (values === undefined ? name : withValue(name)));
  const either = spelled.length === 1 ? (spelled[0] ?? "") : `{${spelled.join(",")}}`;
  const value =
    values === undefined ? "" : `${optional ? "::" : ":"}${colonSafe(placeholder)}:${action(values)}`;
  return `${once}${either}${quote(`[${bracketSafe(description)}]${value}`)}`;
}

function withValue(name: string): string {
  return name.startsWith("--") ? `${name}=` : `${name}+`;
}

function action(values: Values): string {
  if (values.kind === "choices") return `(${values.choices.join(" ")})`;
  return { file: "_files", variable: '_parameters -g "*export*"', text: " " }[values.kind];
}

function colonSafe(text: string): string {
  return text.replace(/[\\:]/g, "\\$&");
}

function bracketSafe(text: string): string {
  return text.replace(/[\\[\]]/g, "\\$&");
}
