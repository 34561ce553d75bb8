import { spawnSync } from 'node:child_process';

const CANDIDATES = [process.env['CHROME_BIN'], 'chromium', 'chromium-browser', 'google-chrome'];

/** A Chromium that starts, or `null`: then tests that need one are skipped. */
export function findBrowser(): string | null {
  for (const candidate of CANDIDATES) {
    if (candidate === undefined || candidate === '') continue;
    if (spawnSync(candidate, ['--version'], { timeout: 20_000 }).status === 0) return candidate;
  }
  return null;
}
