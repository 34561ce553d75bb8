import { linuxMeter } from './linux/linux-meter.ts';
import type { Meter } from './meter.ts';
import { posixMeter } from './posix/posix-meter.ts';

/** Internal, for tests: the meter of macOS on Linux. */
export const METER_VARIABLE = 'POWERDIAL_INTERNAL_METER';

/** Internal, for tests: the platform that a local run takes this machine for. */
export const PLATFORM_VARIABLE = 'POWERDIAL_INTERNAL_PLATFORM';

/** Nothing of a handler can be measured on this machine. */
export class NoLocalRuns extends Error {
  override readonly name = 'NoLocalRuns';
  readonly facts: { readonly platform: string };

  constructor(platform: string) {
    super(
      'Cannot run a handler here: a local run needs the processes and signals of Linux or macOS. On Windows, ' +
        'run the same command in WSL (wsl --install, then Node inside of it), or tune the deployed function.',
    );
    this.facts = { platform };
  }
}

/** @throws {NoLocalRuns} on Windows, where neither works */
export function chooseMeter(
  platform: string = process.env[PLATFORM_VARIABLE] ?? process.platform,
): Meter {
  if (platform === 'win32') throw new NoLocalRuns(platform);
  const isForced = process.env[METER_VARIABLE] === 'posix';
  return platform === 'linux' && !isForced ? linuxMeter() : posixMeter();
}
