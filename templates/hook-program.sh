#!/bin/sh
# dos-sync-hook NAME [ARGUMENT…]: dos-sync's hooks for husky and other managers, which start it
# through a relative PATH.
cd -P . || exit 2
_dos_sync_self=$0
case $_dos_sync_self in /*) ;; *) _dos_sync_self=$PWD/$_dos_sync_self ;; esac
_dos_sync_place=
while [ -h "$_dos_sync_self" ] && [ -z "$_dos_sync_place" ]; do
  # Where npm puts the package of a link in .bin, or in a prefix; otherwise the link's target.
  for _dos_sync_try in ../dos-sync ../lib/node_modules/dos-sync; do
    if [ -f "${_dos_sync_self%/*}/$_dos_sync_try/dist/cli.js" ]; then
      _dos_sync_place=${_dos_sync_self%/*}/$_dos_sync_try/dist
      break
    fi
  done
  [ -z "$_dos_sync_place" ] || break
  # By its absolute path, because PATH has not been checked yet.
  for _dos_sync_try in /usr/bin/readlink /bin/readlink; do [ ! -x "$_dos_sync_try" ] || break; done
  _dos_sync_try=$("$_dos_sync_try" "$_dos_sync_self") || break
  case $_dos_sync_try in
    /*) _dos_sync_self=$_dos_sync_try ;;
    *) _dos_sync_self=${_dos_sync_self%/*}/$_dos_sync_try ;;
  esac
done
[ -n "$_dos_sync_place" ] || _dos_sync_place=${_dos_sync_self%/*}
case $_dos_sync_place in
  */node_modules/.bin/../*) _dos_sync_place=${_dos_sync_place%%/.bin/../*}/${_dos_sync_place#*/.bin/../} ;;
esac
_dos_sync_hook=${1-}
[ $# -eq 0 ] || shift
