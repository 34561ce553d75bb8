/** Kills what still lives; true if there was something to kill. */
export function killAll(pids: readonly number[]): boolean {
  let killed = false;
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
      killed = true;
    } catch {
      // Already gone.
    }
  }
  return killed;
}
