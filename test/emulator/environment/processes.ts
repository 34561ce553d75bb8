import { spawnSync } from 'node:child_process';

/**
 * The state of a process in one letter (ps(1): R, S, T, Z …), or `null` where there is none. As `ps` tells
 * it on every system.
 */
export function stateOf(pid: number): string | null {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim().at(0) ?? null;
}

/** Also false for a process that has ended and that its new parent, init, has not looked at yet. */
export function isAlive(pid: number): boolean {
  const state = stateOf(pid);
  return state !== null && state !== 'Z';
}
