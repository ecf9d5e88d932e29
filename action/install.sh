#!/bin/sh
# Puts cookiesess on the path of the steps that follow: the version that this action has.
set -eu

version=$INPUT_VERSION
if [ -z "$version" ]; then
  version=$(node -p 'require(process.env.GITHUB_ACTION_PATH + "/package.json").version')
fi
folder=$RUNNER_TEMP/cookiesess
npm install --prefix "$folder" --no-audit --no-fund --loglevel=error "cookiesess@$version"
echo "$folder/node_modules/.bin" >> "$GITHUB_PATH"
