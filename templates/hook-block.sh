# >>> dos-sync hook (@KIND@) >>> taken out again by: git dos-sync uninstall
# A subshell, so that neither PATH nor a variable nor a shell option reaches the rest of this script.
_dos_sync_check() (
  _dos_sync_recorded=@NODE@
  _dos_sync_program=@PROGRAM@
  _dos_sync_seen=
  # The same hooks, in the form that Node loads faster.
  case $_dos_sync_program in
    */cli.js) [ ! -f "${_dos_sync_program%/*}/hook.cjs" ] || _dos_sync_program=${_dos_sync_program%/*}/hook.cjs ;;
  esac
  case $_dos_sync_name in
    pre-push) _dos_sync_what=push ;;
    pre-merge-commit) _dos_sync_what=merge ;;
    *) _dos_sync_what=commit ;;
  esac

  # git starts hooks at the top level of the work tree.
  cd -P . || exit 2
  _dos_sync_top=${PWD%/}
  _dos_sync_node=
  _dos_sync_clean=
  _dos_sync_rest=${PATH-}:
  # No external command before this loop is through: a tracked file could be run in its place.
  while [ -n "$_dos_sync_rest" ]; do
    _dos_sync_entry=${_dos_sync_rest%%:*}
    _dos_sync_rest=${_dos_sync_rest#*:}
    case $_dos_sync_entry in /*) ;; *) continue ;; esac
    cd -P "$_dos_sync_entry" 2>/dev/null || continue
    case $PWD/ in "$_dos_sync_top"/*) continue ;; esac
    _dos_sync_clean=$_dos_sync_clean${_dos_sync_clean:+:}$_dos_sync_entry
    if [ -z "$_dos_sync_node" ] && [ -f "$_dos_sync_entry/node" ] && [ -x "$_dos_sync_entry/node" ]; then
      _dos_sync_node=$_dos_sync_entry/node
    fi
  done
  cd -P "$_dos_sync_top/" || exit 2
  PATH=$_dos_sync_clean
  export PATH
  case ${ZSH_VERSION-} in ?*) emulate sh ;; esac
  set +euf

  # True for a commit that touches no pair: it costs no start of Node. The full check leaves a guard in the git directory: its
  # build, the manifest's blob id, and pathspecs that cover every pair of that manifest. Whatever is in doubt is false.
  _dos_sync_untouched() {
    [ "$_dos_sync_name" = pre-commit ] || return 1
    _dos_sync_entry=${GIT_DIR:-.git}
    # In a submodule the rules of the superproject count too.
    case $_dos_sync_entry in */modules/*) return 1 ;; esac
    # A merge, or a fix that was interrupted, here or (from a linked worktree's place in it) in the common git directory.
    for _dos_sync_rest in "$_dos_sync_entry/MERGE_HEAD" "$_dos_sync_entry"/dos-sync/fixes/*/journal.json \
      "$_dos_sync_entry"/../../dos-sync/fixes/*/journal.json; do
      [ ! -e "$_dos_sync_rest" ] || return 1
    done
    [ -r "$_dos_sync_entry/dos-sync/guard" ] && [ -r "${_dos_sync_program%/*}/build.txt" ] || return 1
    _dos_sync_is_of_this_build 3<"$_dos_sync_entry/dos-sync/guard" 4<"${_dos_sync_program%/*}/build.txt"
  }

  # Two lines are read here; the rest, the pathspecs, is read by git. Nothing of it is run. What is staged is kept for the full check,
  # which then need not read the index again.
  _dos_sync_is_of_this_build() {
    IFS= read -r _dos_sync_build <&3 && IFS= read -r _dos_sync_manifest <&3 && IFS= read -r _dos_sync_entry <&4 || return 1
    [ "$_dos_sync_build" = "$_dos_sync_entry" ] || return 1
    { [ "$(_dos_sync_ask rev-parse -q --verify HEAD:.dos-sync-manifest.json)" = "$_dos_sync_manifest" ]; } &
    _dos_sync_seen=$(_dos_sync_ask -c core.quotePath=true diff-index --cached --raw --no-abbrev --exit-code --no-renames \
      --ignore-submodules=none --ita-invisible-in-index --stdin HEAD <&3)
    _dos_sync_entry=$?
    wait "$!" || _dos_sync_entry=128
    [ "$_dos_sync_entry" -eq 1 ] || _dos_sync_seen=
    [ "$_dos_sync_entry" -eq 0 ]
  }

  # In a subshell alone. No replaced objects, and none of the variables that make git take a pattern for a name.
  _dos_sync_ask() {
    export GIT_NO_REPLACE_OBJECTS=1 GIT_OPTIONAL_LOCKS=0 GIT_NO_LAZY_FETCH=1 GIT_ALLOW_PROTOCOL=none
    export GIT_LITERAL_PATHSPECS=0 GIT_GLOB_PATHSPECS=0 GIT_NOGLOB_PATHSPECS=0 GIT_ICASE_PATHSPECS=0
    exec git "$@" 2>/dev/null
  }

  _dos_sync_untouched && exit 0

  # The last of these programs that is there, outside the work tree: of several versions the newest.
  _dos_sync_look() {
    for _dos_sync_file do
      case $_dos_sync_file in /*) ;; *) continue ;; esac
      [ -f "$_dos_sync_file" ] || continue
      [ -x "$_dos_sync_file" ] || continue
      cd -P "${_dos_sync_file%/*}/" 2>/dev/null || continue
      case $PWD/ in "$_dos_sync_top"/*) ;; *) _dos_sync_node=$_dos_sync_file ;; esac
    done
    cd -P "$_dos_sync_top/" || exit 2
    [ -n "$_dos_sync_node" ]
  }

  # False for a file that came with the repository: whoever may commit must not choose what runs here.
  _dos_sync_trusted() {
    cd -P "${1%/*}/" 2>/dev/null || return 1
    _dos_sync_entry=$PWD
    cd -P "$_dos_sync_top/" || exit 2
    case $_dos_sync_entry/ in "$_dos_sync_top"/*) ;; *) return 0 ;; esac
    [ ! -h "$1" ] || return 1
    _dos_sync_entry=${_dos_sync_entry#"$_dos_sync_top"}/
    _dos_sync_entry=${_dos_sync_entry#/}${1##*/}
    GIT_LITERAL_PATHSPECS=0 git ls-files --error-unmatch -- ":(top,literal,icase)$_dos_sync_entry" >/dev/null 2>&1
    [ $? -eq 1 ]
  }

  _dos_sync_stop() {
    printf 'dos-sync: the %s was stopped, since the check could not run.\n' "$_dos_sync_what"
    printf '  %s\n' "$@" "once without the check:  git $_dos_sync_what --no-verify"
    exit 2
  } >&2

  if [ -z "$_dos_sync_node" ] && [ -f "$_dos_sync_recorded" ] && [ -x "$_dos_sync_recorded" ] &&
    _dos_sync_trusted "$_dos_sync_recorded"; then
    _dos_sync_node=$_dos_sync_recorded
  fi
  _dos_sync_home=${HOME:-/nonexistent}
  _dos_sync_share=${XDG_DATA_HOME:-$_dos_sync_home/.local/share}
  [ -n "$_dos_sync_node" ] ||
    _dos_sync_look "${NVM_DIR:-$_dos_sync_home/.nvm}"/versions/node/v[2-9][0-9].*/bin/node ||
    _dos_sync_look "$_dos_sync_home"/.fnm/node-versions/v[2-9][0-9].*/installation/bin/node \
      "$_dos_sync_home/Library/Application Support"/fnm/node-versions/v[2-9][0-9].*/installation/bin/node \
      "${FNM_DIR:-$_dos_sync_share/fnm}"/node-versions/v[2-9][0-9].*/installation/bin/node ||
    _dos_sync_look "${VOLTA_HOME:-$_dos_sync_home/.volta}/bin/node" ||
    _dos_sync_look "${MISE_DATA_DIR:-$_dos_sync_share/mise}"/installs/node/[2-9][0-9].*/bin/node ||
    _dos_sync_look "${ASDF_DATA_DIR:-$_dos_sync_home/.asdf}"/installs/nodejs/[2-9][0-9].*/bin/node ||
    _dos_sync_look /usr/bin/node /home/linuxbrew/.linuxbrew/bin/node /usr/local/bin/node /opt/homebrew/bin/node ||
    _dos_sync_stop "Node.js was not found: not on PATH, not at $_dos_sync_recorded," \
      'and not where nvm, fnm, volta, mise, asdf or Homebrew put it.' \
      'install Node.js 20.12 or newer, then run there:  git dos-sync install'
  [ -f "$_dos_sync_program" ] ||
    _dos_sync_stop "$_dos_sync_program is not there." 'put it back:  npm ci, then  git dos-sync install'
  _dos_sync_trusted "$_dos_sync_program" ||
    _dos_sync_stop "$_dos_sync_program is a file of this repository (or git could not tell), so it was not run." \
      'take it out of the repository:  git rm --cached, then  npm ci, then  git dos-sync install'
  [ -n "$_dos_sync_seen" ] || exec "$_dos_sync_node" "$_dos_sync_program" hook "$_dos_sync_name" "$@"
  # A pipe, since for a here-document some shells want a place for temporary files; the last line says that all of it has arrived.
  printf '%s\n' "$_dos_sync_seen" end |
    "$_dos_sync_node" "$_dos_sync_program" hook "$_dos_sync_name" --staged-on-stdin "$@"
)
_dos_sync_name=@HOOK@
if [ "$_dos_sync_name" = pre-push ]; then
  # Both our program and the rest of this script read the ref lines.
  _dos_sync_refs=$(while IFS= read -r _dos_sync_ref || [ -n "${_dos_sync_ref-}" ]; do
    printf '%s\n' "$_dos_sync_ref"
  done)
  _dos_sync_stdin() {
    if [ -z "$_dos_sync_refs" ]; then
      exec </dev/null
    else
      exec <<_dos_sync_end
$_dos_sync_refs
_dos_sync_end
    fi
  }
  _dos_sync_stdin
  _dos_sync_check "$@" || exit $?
  _dos_sync_stdin
  unset -f _dos_sync_stdin
  unset _dos_sync_refs
else
  _dos_sync_check "$@" || exit $?
fi
unset -f _dos_sync_check
unset _dos_sync_name
# <<< dos-sync hook <<<
