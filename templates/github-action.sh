#!/bin/sh
# The step of action.yml: checks, and writes the findings and the commands that fix them to the
# summary of the step.
set -uf

case $DOS_SYNC_VERSION in
  '') npx='npx --no dos-sync' ;;
  *[!0-9A-Za-z.+-]*)
    printf '%s\n' 'dos-sync: the input version is not a version number.' '  correct it, or leave it out:  version: 1.2.3' >&2
    exit 2
    ;;
  *) npx="npx --yes dos-sync@$DOS_SYNC_VERSION" ;;
esac

# The commands that fix are printed for the files of a checkout, not for a commit.
explain() {
  # shellcheck disable=SC2016,SC2086 # for the shell in there; a list of words
  $npx "$@" --porcelain -z | xargs -0 -n 3 sh -c 'printf "%s\0" "$2" "$3"' sh | xargs -0 $npx check --
}

if [ -n "$DOS_SYNC_BASE" ]; then
  set -- check --base "$DOS_SYNC_BASE"
else
  set -- check --commit HEAD
fi
$npx "$@" --format "$DOS_SYNC_FORMAT"
code=$?
printf 'exit-code=%s\n' "$code" >>"$GITHUB_OUTPUT"
# No line of a report is a file name alone, so none ends the fence.
[ "$code" -ne 1 ] || {
  printf '### dos-sync\n\n~~~~~~~~~~~~~~~~~~~~\n'
  explain "$@" 2>&1
  printf '~~~~~~~~~~~~~~~~~~~~\n'
} >>"$GITHUB_STEP_SUMMARY"
exit "$code"
