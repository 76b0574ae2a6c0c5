# >>> dos-sync hook (@KIND@) >>> taken out again by: git dos-sync uninstall
# A subshell, so that PATH, variables and shell options do not affect the rest of this script.
_dos_sync_check() (
  # Only client hooks can be skipped, each time with a message.
  case ${DOS_SYNC-}:$_dos_sync_name in
    0:pre-commit | 0:pre-merge-commit | 0:pre-push)
      printf '%s\n' "dos-sync: skipped $_dos_sync_name, since DOS_SYNC=0 is set." >&2
      exit 0
      ;;
  esac
  _dos_sync_recorded=@NODE@
  _dos_sync_program=@PROGRAM@
  # The directory of the package.json that lists dos-sync, relative to the top level; empty for a
  # global installation.
  _dos_sync_root=@ROOT@
  # The commands that install a global dos-sync again, and then the hooks.
  _dos_sync_fetch=@FETCH@
  _dos_sync_again=@AGAIN@
  _dos_sync_seen=
  _dos_sync_owner=
  case $_dos_sync_program in
    # Without node_modules, yarn has a directory for each version.
    */.yarn/unplugged/*)
      [ -f "$_dos_sync_program" ] ||
        for _dos_sync_file in "${_dos_sync_program%%/.yarn/unplugged/*}"/.yarn/unplugged/dos-sync-*/node_modules/dos-sync/dist/cli.js; do
          [ ! -f "$_dos_sync_file" ] || _dos_sync_program=$_dos_sync_file
        done
      ;;
  esac
  case ${_dos_sync_program%/*} in
    */dist) _dos_sync_package=${_dos_sync_program%/dist/*} ;;
    *) _dos_sync_package=${_dos_sync_program%/*} ;;
  esac
  # The same hooks as one file, which Node loads faster.
  case ${_dos_sync_name:+$_dos_sync_program} in
    */cli.js) [ ! -f "${_dos_sync_program%/*}/hook.cjs" ] || _dos_sync_program=${_dos_sync_program%/*}/hook.cjs ;;
  esac
  case $_dos_sync_name in
    '') _dos_sync_what='command' ;;
    pre-push) _dos_sync_what=push ;;
    pre-merge-commit) _dos_sync_what=merge ;;
    *) _dos_sync_what=commit ;;
  esac

  # git starts hooks at the top level of the work tree; another program may start them further down.
  cd -P . || exit 2
  _dos_sync_top=${PWD%/}
  _dos_sync_at=$_dos_sync_top
  while [ ! -e "$_dos_sync_at/.git" ] && [ -n "$_dos_sync_at" ]; do _dos_sync_at=${_dos_sync_at%/*}; done
  [ ! -e "$_dos_sync_at/.git" ] || [ -n "${GIT_WORK_TREE-}" ] || _dos_sync_top=$_dos_sync_at
  # Around a submodule: the outermost superproject, whose content is just as untrusted.
  _dos_sync_outer=$_dos_sync_top
  while [ -f "$_dos_sync_outer/.git" ] && IFS= read -r _dos_sync_rest <"$_dos_sync_outer/.git"; do
    case $_dos_sync_rest in */modules/*) ;; *) break ;; esac
    _dos_sync_at=${_dos_sync_outer%/*}
    while [ ! -e "$_dos_sync_at/.git" ] && [ -n "$_dos_sync_at" ]; do _dos_sync_at=${_dos_sync_at%/*}; done
    [ -e "$_dos_sync_at/.git" ] || break
    _dos_sync_outer=$_dos_sync_at
  done
  _dos_sync_node=
  _dos_sync_clean=
  _dos_sync_rest=${PATH-}:
  # No external command before the end of this loop: a tracked file could run instead of it.
  while [ -n "$_dos_sync_rest" ]; do
    _dos_sync_entry=${_dos_sync_rest%%:*}
    _dos_sync_rest=${_dos_sync_rest#*:}
    case $_dos_sync_entry in /*) ;; *) continue ;; esac
    cd -P "$_dos_sync_entry" 2>/dev/null || continue
    case $PWD/ in "$_dos_sync_outer"/*) continue ;; esac
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

  # True for a commit that touches no pair, which then starts no Node; false in any doubt. Reads the
  # guard: the build, the manifest's blob id, and pathspecs that cover every pair.
  _dos_sync_untouched() {
    [ "$_dos_sync_name" = pre-commit ] || return 1
    _dos_sync_entry=${GIT_DIR:-.git}
    # If the working tree's manifest is newer, the full check has to report what it declares.
    # shellcheck disable=SC3013
    [ ! .dos-sync-manifest.json -nt "$_dos_sync_entry/dos-sync/guard" ] || return 1
    # Another user may have written it; the full check decides.
    # shellcheck disable=SC3067
    [ -O "$_dos_sync_entry/dos-sync/guard" ] || return 1
    # In a submodule the superproject's rules apply too.
    case $_dos_sync_entry in */modules/*) return 1 ;; esac
    # A merge, or an interrupted fix: in this git directory, or in the common one of a linked
    # worktree.
    for _dos_sync_rest in "$_dos_sync_entry/MERGE_HEAD" "$_dos_sync_entry"/dos-sync/fixes/*/journal.json \
      "$_dos_sync_entry"/../../dos-sync/fixes/*/journal.json; do
      [ ! -e "$_dos_sync_rest" ] || return 1
    done
    [ -r "$_dos_sync_entry/dos-sync/guard" ] && [ -r "${_dos_sync_program%/*}/build.txt" ] || return 1
    _dos_sync_is_whole 3<"$_dos_sync_entry/dos-sync/guard" || return 1
    _dos_sync_is_of_this_build 3<"$_dos_sync_entry/dos-sync/guard" 4<"${_dos_sync_program%/*}/build.txt"
  }

  # The manifest's own pathspec is the last line, so an incomplete guard is invalid.
  _dos_sync_is_whole() {
    _dos_sync_last=
    while IFS= read -r _dos_sync_manifest <&3; do _dos_sync_last=$_dos_sync_manifest; done
    [ "$_dos_sync_last" = ':(top,literal).dos-sync-manifest.json' ]
  }

  # Reads two lines; git reads the others, the pathspecs. Keeps the staged changes for the full
  # check, which then need not read the index, and checks the program's owner in parallel.
  _dos_sync_is_of_this_build() {
    IFS= read -r _dos_sync_build <&3 && IFS= read -r _dos_sync_manifest <&3 && IFS= read -r _dos_sync_entry <&4 || return 1
    [ "$_dos_sync_build" = "$_dos_sync_entry" ] && [ -n "$_dos_sync_manifest" ] || return 1
    (_dos_sync_owned "$_dos_sync_program" "$_dos_sync_package" "$_dos_sync_manifest" >/dev/null) &
    _dos_sync_seen=$(_dos_sync_ask -c core.quotePath=true diff-index --cached --raw --no-abbrev --exit-code --no-renames \
      --ignore-submodules=none --ita-invisible-in-index --stdin HEAD <&3)
    _dos_sync_entry=$?
    wait "$!"
    _dos_sync_owner=$?
    [ "$_dos_sync_owner" -eq 0 ] || _dos_sync_entry=128
    [ "$_dos_sync_entry" -eq 1 ] || _dos_sync_seen=
    [ "$_dos_sync_entry" -eq 0 ]
  }

  # Only in a subshell. Disables replace refs and the variables that change how git reads pathspecs.
  _dos_sync_ask() {
    export GIT_NO_REPLACE_OBJECTS=1 GIT_OPTIONAL_LOCKS=0 GIT_NO_LAZY_FETCH=1 GIT_ALLOW_PROTOCOL=none
    export GIT_LITERAL_PATHSPECS=0 GIT_GLOB_PATHSPECS=0 GIT_NOGLOB_PATHSPECS=0 GIT_ICASE_PATHSPECS=0
    exec git "$@" 2>/dev/null
  }

  # Whether $1, or anything else below $2, comes with a repository. 0: no; 1: no, but the staged
  # manifest is not $3; 2: yes, and prints it; 3: git failed. Only in a subshell.
  _dos_sync_owned() {
    _dos_sync_manifest=$3
    _dos_sync_package=$2
    _dos_sync_at=$1
    set --
    # Every link on the way of the recorded path, by its real path.
    while [ -n "$_dos_sync_at" ]; do
      if [ -h "$_dos_sync_at" ]; then
        cd -P "${_dos_sync_at%/*}/" || return 3
        set -- "$@" "${PWD%/}/${_dos_sync_at##*/}"
      fi
      case $_dos_sync_at in */*) _dos_sync_at=${_dos_sync_at%/*} ;; *) break ;; esac
    done
    cd -P "${_dos_sync_package%/*}/" 2>/dev/null || return 3
    set -- "$@" "${PWD%/}/${_dos_sync_package##*/}"
    if [ -d "$_dos_sync_package" ]; then
      cd -P "$_dos_sync_package/" || return 3
      set -- "$@" "${PWD%/}"
    fi
    cd -P "$_dos_sync_top/" || return 3
    _dos_sync_near=
    for _dos_sync_file do
      shift
      case $_dos_sync_file/ in "$_dos_sync_outer"/*) _dos_sync_near=1 ;; esac
      _dos_sync_at=$_dos_sync_file
      [ ! -h "$_dos_sync_at" ] || _dos_sync_at=${_dos_sync_at%/*}
      # The repository of that work tree.
      while [ "$_dos_sync_at" != "$_dos_sync_top" ] && [ ! -e "$_dos_sync_at/.git" ] && [ -n "$_dos_sync_at" ]; do
        _dos_sync_at=${_dos_sync_at%/*}
      done
      if [ "$_dos_sync_at" = "$_dos_sync_top" ]; then
        set -- "$@" ":(top,literal,icase)${_dos_sync_file#"$_dos_sync_at"/}"
      elif [ -e "$_dos_sync_at/.git" ]; then
        _dos_sync_owned_elsewhere || return $?
      fi
    done
    _dos_sync_owned_here "$@"
  }

  # All files of this work tree and its sibling submodules are untrusted. Repositories around it,
  # and those that a link leads to, are asked; all others (nvm is one too) are the user's own.
  _dos_sync_owned_elsewhere() {
    case $_dos_sync_top/ in
      "$_dos_sync_at"/*) ;;
      *)
        case $_dos_sync_at/ in "$_dos_sync_outer"/*)
          printf '%s\n' "$_dos_sync_at"
          return 2
          ;;
        esac
        [ -n "$_dos_sync_near" ] || return 0
        ;;
    esac
    _dos_sync_listed=$(
      unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_COMMON_DIR GIT_PREFIX GIT_OBJECT_DIRECTORY GIT_NAMESPACE \
        GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_CONFIG_PARAMETERS
      cd -P "$_dos_sync_at/" && _dos_sync_ask ls-files -- ":(top,literal,icase)${_dos_sync_file#"$_dos_sync_at"/}"
    ) || return 3
    [ -n "$_dos_sync_listed" ] || return 0
    printf '%s\n' "$_dos_sync_file"
    return 2
  }

  _dos_sync_owned_here() {
    if [ $# -eq 0 ]; then
      [ -n "$_dos_sync_manifest" ] || return 0
      case $(_dos_sync_ask ls-tree --full-tree HEAD .dos-sync-manifest.json) in
        100???" blob $_dos_sync_manifest	"*) return 0 ;;
      esac
      return 1
    fi
    [ -z "$_dos_sync_manifest" ] || set -- ':(top,literal).dos-sync-manifest.json' "$@"
    _dos_sync_listed=$(_dos_sync_ask ls-files --stage -- "$@") || return 3
    _dos_sync_at=0
    [ -z "$_dos_sync_manifest" ] || _dos_sync_at=1
    IFS='
'
    set -f
    for _dos_sync_entry in $_dos_sync_listed; do
      case $_dos_sync_entry in
        100???" $_dos_sync_manifest 0	.dos-sync-manifest.json") _dos_sync_at=0 ;;
        *"	.dos-sync-manifest.json"*) _dos_sync_at=1 ;;
        *)
          printf '%s\n' "${_dos_sync_entry#*	}"
          return 2
          ;;
      esac
    done
    return "$_dos_sync_at"
  }

  # The last of these programs that exists outside the work tree: the newest of several versions.
  _dos_sync_look() {
    for _dos_sync_file do
      case $_dos_sync_file in /*) ;; *) continue ;; esac
      [ -f "$_dos_sync_file" ] || continue
      [ -x "$_dos_sync_file" ] || continue
      cd -P "${_dos_sync_file%/*}/" 2>/dev/null || continue
      case $PWD/ in "$_dos_sync_outer"/*) ;; *) _dos_sync_node=$_dos_sync_file ;; esac
    done
    cd -P "$_dos_sync_top/" || exit 2
    [ -n "$_dos_sync_node" ]
  }

  # The commands to print, by package manager: $_dos_sync_fetch gets the package, $_dos_sync_again
  # installs the hooks.
  _dos_sync_advise() {
    _dos_sync_at=${_dos_sync_package%/node_modules/dos-sync}
    case $_dos_sync_root$_dos_sync_at/ in
      "$_dos_sync_top"/) [ "$_dos_sync_at" = "$_dos_sync_package" ] || _dos_sync_root=. ;;
      "$_dos_sync_top"/*) [ "$_dos_sync_at" = "$_dos_sync_package" ] || _dos_sync_root=${_dos_sync_at#"$_dos_sync_top"/} ;;
    esac
    [ -n "$_dos_sync_root" ] || return 0
    _dos_sync_manager=
    _dos_sync_locked=
    _dos_sync_at=$_dos_sync_top/$_dos_sync_root
    while
      _dos_sync_read_manager
      case $_dos_sync_at in "$_dos_sync_top"/?*) [ -z "$_dos_sync_manager" ] ;; *) false ;; esac
    do _dos_sync_at=${_dos_sync_at%/*}; done
    _dos_sync_by_manager
    case $_dos_sync_root in
      .) return ;;
      *[!A-Za-z0-9_./+@-]*) _dos_sync_at="cd '$_dos_sync_root' && " ;;
      *) _dos_sync_at="cd $_dos_sync_root && " ;;
    esac
    _dos_sync_fetch=$_dos_sync_at$_dos_sync_fetch
    _dos_sync_again=$_dos_sync_at$_dos_sync_again
  }

  # By its lock file, or by the name in package.json, in the directory $_dos_sync_at.
  _dos_sync_read_manager() {
    for _dos_sync_entry in @LOCKS@; do
      [ ! -f "$_dos_sync_at/${_dos_sync_entry%:*}" ] || _dos_sync_manager=${_dos_sync_entry#*:} _dos_sync_locked=1
    done
    [ -f "$_dos_sync_at/package.json" ] || return 0
    while IFS= read -r _dos_sync_entry || [ -n "$_dos_sync_entry" ]; do
      case $_dos_sync_entry in *'"packageManager"'*) ;; *) continue ;; esac
      _dos_sync_entry=${_dos_sync_entry#*'"packageManager"'}
      _dos_sync_entry=${_dos_sync_entry#*'"'}
      case $_dos_sync_entry in @NAMED@) _dos_sync_manager=${_dos_sync_entry%%@*} ;; esac
    done <"$_dos_sync_at/package.json"
  }

  _dos_sync_by_manager() {
    case ${_dos_sync_manager:-npm} in
@MANAGERS@
    esac
    # A missing program cannot start anything.
    command -v "${_dos_sync_again%% *}" >/dev/null 2>&1 || [ ! -x "$_dos_sync_top/$_dos_sync_root/node_modules/.bin/dos-sync" ] ||
      _dos_sync_again='node_modules/.bin/dos-sync install'
    case $_dos_sync_root in ..*) _dos_sync_again="$_dos_sync_again --recurse-submodules" ;; esac
  }

  _dos_sync_stop() {
    if [ "$_dos_sync_what" = command ]; then
      printf 'dos-sync: the command could not be started.\n'
      printf '  %s\n' "$@"
    else
      printf 'dos-sync: the %s was stopped, because the check could not run.\n' "$_dos_sync_what"
      printf '  %s\n' "$@" "once without the check:  git $_dos_sync_what --no-verify"
    fi
    exit 2
  } >&2

  # The recorded path may be invalid because the repository was moved, while the package is in its
  # place.
  _dos_sync_stop_without_program() {
    _dos_sync_advise
    if [ -n "$_dos_sync_root" ] && [ -f "$_dos_sync_top/$_dos_sync_root/node_modules/dos-sync/dist/cli.js" ]; then
      _dos_sync_stop "$_dos_sync_program does not exist." "install the hooks again:  $_dos_sync_again"
    fi
    _dos_sync_stop "$_dos_sync_program does not exist." "put it back:  $_dos_sync_fetch && ${_dos_sync_again#cd * && }"
  }

  _dos_sync_stop_as_foreign() {
    _dos_sync_advise
    [ "$1" -eq 2 ] || _dos_sync_stop "git could not tell whether $_dos_sync_package is part of this repository, so it was not run." \
      "see what git says:  git ls-files"
    _dos_sync_entry=$2
    # The package under one name, not each of its files.
    case $_dos_sync_entry in */node_modules/dos-sync/* | node_modules/dos-sync/*) _dos_sync_entry=${2%%/dos-sync/*}/dos-sync ;; esac
    case $_dos_sync_entry in
      /*)
        _dos_sync_stop "$_dos_sync_package is part of another repository ($_dos_sync_entry), so it was not run." \
          "put the package there instead:  $_dos_sync_again"
        ;;
    esac
    _dos_sync_stop "$2 is a file of this repository, so $_dos_sync_package was not run." \
      "remove it from the repository:  git rm -r --cached '$_dos_sync_entry'" \
      "put the package back:  rm -rf '$_dos_sync_entry' && $_dos_sync_fetch && ${_dos_sync_again#cd * && }"
  }

  _dos_sync_untouched && exit 0

  if [ -z "$_dos_sync_node" ] && [ -f "$_dos_sync_recorded" ] && [ -x "$_dos_sync_recorded" ] &&
    (_dos_sync_owned "$_dos_sync_recorded" "$_dos_sync_recorded" '' >/dev/null); then
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
      'install Node.js 20.12 or newer:  https://nodejs.org'
  [ -f "$_dos_sync_program" ] || _dos_sync_stop_without_program
  if [ -z "$_dos_sync_owner" ]; then
    _dos_sync_listed=$(_dos_sync_owned "$_dos_sync_program" "$_dos_sync_package" '')
    _dos_sync_owner=$?
  elif [ "$_dos_sync_owner" -gt 1 ]; then
    _dos_sync_listed=$(_dos_sync_owned "$_dos_sync_program" "$_dos_sync_package" '')
  fi
  [ "$_dos_sync_owner" -le 1 ] || _dos_sync_stop_as_foreign "$_dos_sync_owner" "$_dos_sync_listed"
  [ -n "$_dos_sync_name" ] || exec "$_dos_sync_node" "$_dos_sync_program" "$@"
  if [ -z "$_dos_sync_seen" ]; then
    "$_dos_sync_node" "$_dos_sync_program" hook "$_dos_sync_name" "$@"
  else
    # A pipe, because some shells need a temporary file for a here-document. The last line shows that
    # the input is complete.
    printf '%s\n' "$_dos_sync_seen" end |
      "$_dos_sync_node" "$_dos_sync_program" hook "$_dos_sync_name" --staged-on-stdin "$_dos_sync_manifest" "$@"
  fi
  _dos_sync_entry=$?
  # Our own exit codes, and those of HUP, INT, QUIT, PIPE and TERM. With any other, Node could not
  # start, or ran out of memory.
  case $_dos_sync_entry in 0 | 1 | 2 | 129 | 130 | 131 | 141 | 143) exit "$_dos_sync_entry" ;; esac
  _dos_sync_stop "$_dos_sync_node ended with exit code $_dos_sync_entry and gave no verdict." \
    'Node.js may lack memory; see its limits:  ulimit -a'
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
