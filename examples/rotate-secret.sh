#!/bin/sh
# Rotates the secret in a file, at most one phase a run: introduce, promote, retire. For cron or CI, once a day.
#
#   rotate-secret.sh FILE [option of rotate-key…]      (such as --format flask, or --key SESSION_SECRET)
#
# A new secret is introduced once the present one is older than ROTATE_AFTER (default: 30d). It is promoted by the next
# run: by then every server must have the file. What it replaces is retired when its last cookie has expired.
# Exits 0 when done or nothing is due; else with the code of cookiesess, the file being as it was.
set -eu

if [ $# -eq 0 ]; then
  echo "usage: rotate-secret.sh FILE [option of rotate-key...]" >&2
  exit 2
fi
file=$1
shift

status=$(cookiesess rotate-key --file "$file" "$@" --status --json)

case $status in
  *'"next":{"phase":"promote"'*) set -- "$@" --phase promote ;;
  *'"next":{"phase":"retire","from":null}'*) set -- "$@" --phase retire ;;
  *) set -- "$@" --phase introduce --if-older-than "${ROTATE_AFTER:-30d}" ;;
esac

if [ -n "${GITHUB_OUTPUT:-}" ]; then
  set -- "$@" --github
fi

exec cookiesess rotate-key --file "$file" "$@"
