# end_programs NAME…: asks what runs from this system's /usr/bin/NAME to end, in order, and ends it after a minute.
# What runs from elsewhere (a clone, /opt) or in a container of this host is not ours. A program that an upgrade
# replaced while it ran is "(deleted)".
running() {
  for process in /proc/[0-9]*; do
    exe=$(readlink "$process/exe" 2>/dev/null) || continue
    for name in "$@"; do
      case $exe in
        "/usr/bin/$name" | "/usr/bin/$name (deleted)")
          [ "$(stat -Lc %d:%i "$process/root" 2>/dev/null)" != "$(stat -Lc %d:%i /)" ] || echo "${process#/proc/}" ;;
      esac
    done
  done
}

end_programs() {
  pids=$(running "$@")
  [ -n "$pids" ] || return 0
  echo "binnacle: ending $*, which is being removed"
  for pid in $pids; do kill -TERM "$pid" 2>/dev/null || true; done
  tries=0
  while [ -n "$(running "$@")" ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ]; then
      for pid in $(running "$@"); do kill -KILL "$pid" 2>/dev/null || true; done
      break
    fi
    sleep 0.2
  done
}
