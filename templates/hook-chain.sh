# >>> dos-sync chained hook >>> the hook that was here before
_dos_sync_chained=$0.dos-sync-chained
case $_dos_sync_chained in */*) ;; *) _dos_sync_chained=./$_dos_sync_chained ;; esac
if [ -x "$_dos_sync_chained" ]; then
  exec "$_dos_sync_chained" "$@"
fi
unset _dos_sync_chained
# <<< dos-sync chained hook <<<
