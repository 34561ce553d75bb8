import { ENVIRONMENT_MARK } from '../environment-variables.ts';

/**
 * Waits until the host is gone, however it went: then its end of the pipe closes. A host that closed
 * in order says so, and nothing is left to do. Otherwise everything with the run's mark or in its
 * control groups is killed, again and again until three looks in a row find nothing (a process may
 * be starting another at that moment), and its directories go. $1: run, $2: temporary directory,
 * the rest: directories that hold the run's control groups.
 */
export const GUARDIAN_SCRIPT = `
trap '' HUP INT TERM
run=$1 temporary=$2
shift 2
while read -r word; do
  if [ "$word" = done ]; then exit 0; fi
done
quiet=0 looks=0
while [ $quiet -lt 3 ] && [ $looks -lt 500 ]; do
  quiet=$((quiet + 1)) looks=$((looks + 1))
  for file in $(grep -ls "${ENVIRONMENT_MARK}=$run/" /proc/[0-9]*/environ); do
    pid=\${file#/proc/}
    kill -KILL "\${pid%/environ}" && quiet=0
  done
  for directory; do
    for group in "$directory/$run"-*; do
      [ -d "$group" ] || continue
      quiet=0
      while read -r pid; do kill -KILL "$pid"; done < "$group/cgroup.procs"
      rmdir "$group"
    done
  done
  sleep 0.02
done
rm -rf "$temporary"
`;
