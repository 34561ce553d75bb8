import { ENVIRONMENT_MARK } from '../environment-variables.ts';

/**
 * Waits until the host is gone, however it went: then its end of the pipe closes. Until then the host
 * tells of the process groups that it starts (`group 123`) and of those that have ended (`gone 123`), and
 * at last `done`, if it closed in order. Otherwise the groups, what descends from them and what carries
 * the run's mark are killed, until three looks in a row find nothing. $1: run, $2: temporary directory,
 * the rest: how `ps` is asked for the environment. The mark is put together in awk, so that no argument
 * of this script looks like it.
 */
export const POSIX_GUARDIAN_SCRIPT = `
trap '' HUP INT TERM
run=$1 temporary=$2 groups=' '
shift 2
while read -r word number; do
  case $word in
    done) exit 0 ;;
    group) groups="$groups$number " ;;
    gone) groups="\${groups%% $number *} \${groups#* $number }" ;;
  esac
done
quiet=0 looks=0
while [ $quiet -lt 3 ] && [ $looks -lt 500 ]; do
  quiet=$((quiet + 1)) looks=$((looks + 1))
  for pid in $({ ps -A -o pid=,ppid=,pgid=,stat=; echo marks; ps "$@" -o pid=,command=; } |
    LC_ALL=C awk -v groups="$groups" -v name=${ENVIRONMENT_MARK} -v run="$run" '
      $1 == "marks" { marks = 1; next }
      marks { if (index($0, " " name "=" run "/")) hit[$1] = 1; next }
      $4 ~ /^Z/ { next }
      { parent[$1] = $2; if (index(groups, " " $3 " ")) hit[$1] = 1 }
      END {
        do {
          grown = 0
          for (pid in parent) if (!(pid in hit) && (parent[pid] in hit)) { hit[pid] = 1; grown = 1 }
        } while (grown)
        for (pid in hit) print pid
      }'); do
    kill -KILL "$pid" && quiet=0
  done
  sleep 0.05
done
rm -rf "$temporary"
`;
