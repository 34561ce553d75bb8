import type { Busy } from '../contract/shared/warnings/facts.ts';
import { percentText } from './format/percent.ts';

/** Tells why a machine was too busy to judge by, as a clause. */
export function busyText({ othersShare, stealShare, throttledShare }: Busy): string {
  const parts = [
    ...(stealShare === null
      ? []
      : [`its host took ${percentText(stealShare)} of the processors away`]),
    ...(throttledShare === null
      ? []
      : [`its control group was held back in ${percentText(throttledShare)} of the time`]),
    ...(othersShare === null
      ? []
      : [
          `other processes used ${percentText(othersShare)} of the processors, and nothing was left`,
        ]),
  ];
  return `the machine was too busy: ${parts.join(', ')}`;
}
