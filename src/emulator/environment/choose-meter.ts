import { linuxMeter } from './linux/linux-meter.ts';
import type { Meter } from './meter.ts';
import { posixMeter } from './posix/posix-meter.ts';

/** Internal, for tests: the meter of macOS on Linux. */
export const METER_VARIABLE = 'POWERDIAL_INTERNAL_METER';

/** @throws on Windows, where neither works */
export function chooseMeter(platform: NodeJS.Platform = process.platform): Meter {
  if (platform === 'win32') {
    throw new Error(
      'Cannot run a handler here: a local run needs the processes and signals of Linux or macOS. On Windows, ' +
        'run the same command in WSL (wsl --install, then Node inside of it), or tune the deployed function.',
    );
  }
  const isForced = process.env[METER_VARIABLE] === 'posix';
  return platform === 'linux' && !isForced ? linuxMeter() : posixMeter();
}
