#!/bin/sh
# Runs the command that the inputs of action.yml name. Secrets and cookies stay in the environment, out of every argument.
set -euf

misused() {
  echo "::error::$1" >&2
  exit 2
}

# The cookie or cookies, on standard output.
cookies() {
  if [ -n "$INPUT_COOKIE_ENV" ]; then
    printenv -- "$INPUT_COOKIE_ENV" || misused "the environment variable that cookie-env names is not set"
  elif [ -n "$INPUT_FILE" ]; then
    cat -- "$INPUT_FILE"
  else
    misused "$INPUT_COMMAND needs cookie-env or file"
  fi
}

set --
for name in $INPUT_SECRET_ENV; do set -- "$@" --secret-env "$name"; done
while IFS= read -r argument; do
  [ -z "$argument" ] || set -- "$@" "$argument"
done <<END
$INPUT_ARGS
END

case $INPUT_COMMAND in
  verify)
    given=$(cookies)
    printf '%s\n' "$given" | cookiesess verify "$@"
    ;;
  rotate-key)
    [ -n "$INPUT_FILE" ] || misused "rotate-key needs file"
    if [ "$INPUT_PHASE" = auto ]; then
      exec sh "$GITHUB_ACTION_PATH/examples/rotate-secret.sh" "$INPUT_FILE" "$@"
    fi
    exec cookiesess rotate-key --file "$INPUT_FILE" --phase "$INPUT_PHASE" --github "$@"
    ;;
  fuzz)
    [ -n "$INPUT_URL" ] || misused "fuzz needs url"
    [ -z "$INPUT_SARIF" ] || set -- "$@" --sarif "$INPUT_SARIF"
    [ -z "$INPUT_JUNIT" ] || set -- "$@" --junit "$INPUT_JUNIT"
    given=$(cookies)
    printf '%s\n' "$given" | cookiesess fuzz --url "$INPUT_URL" --cookie - --fail-on "$INPUT_FAIL_ON" "$@"
    ;;
  *) misused "command is verify, rotate-key or fuzz" ;;
esac
