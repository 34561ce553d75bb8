import { PowerdialError } from '../../../contract/shared/errors.ts';
import type { SettledInput } from '../../../contract/tune/state.ts';

/**
 * What one invocation may carry, by the way it takes: 6 MB where somebody waits for the answer, 1 MB through
 * Lambda's queue (Lambda quotas, 2026-11; the latter was 256 KB until October 2025).
 */
export const MOST_PAYLOAD_BYTES = { synchronous: 6 * 2 ** 20, queued: 2 ** 20 } as const;

/**
 * Refuses what the way that the run's invocations will take cannot do, before anything is changed or paid
 * for: those that are too long to be waited for go through Lambda's own queue.
 *
 * @throws {PowerdialError} InvalidInput with all problems together
 */
export function refuseForTheWay(input: SettledInput): void {
  const { asynchronous, payloads, measureTimeoutSeconds } = input;
  const why = `with measureTimeoutSeconds ${measureTimeoutSeconds} its invocations go through Lambda's queue`;
  const most = asynchronous ? MOST_PAYLOAD_BYTES.queued : MOST_PAYLOAD_BYTES.synchronous;
  const problems = payloads.flatMap(({ bytes }, index) => {
    if (bytes <= most) return [];
    const which = payloads.length === 1 ? 'payload' : `payloads[${index}]`;
    return asynchronous
      ? `${which}: wanted at most ${most} bytes, which is what Lambda's queue takes, it has ${bytes}; ${why}. Send a smaller one, or set measureTimeoutSeconds to 840 or less`
      : `${which}: wanted at most ${most} bytes, which is what Lambda takes, it has ${bytes}`;
  });
  for (const name of ['preProcessor', 'postProcessor'] as const) {
    if (asynchronous && input[name] !== undefined) {
      problems.push(
        `${name}: wanted none, it is ${input[name]}; ${why}, around which nothing can be called. Leave it out, or set measureTimeoutSeconds to 840 or less`,
      );
    }
  }
  if (problems.length > 0) throw new PowerdialError('InvalidInput', problems.join('\n'));
}
