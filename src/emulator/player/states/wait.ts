import type { Json } from '../../../contract/shared/json.ts';
import type { Visit } from '../context-object.ts';
import type { WaitState } from '../definition.ts';
import type { Execution, Left } from '../execution.ts';
import { isSeconds, MOST_SECONDS, parseTimestamp } from '../time-values.ts';

const SECONDS = {
  what: `an integer from 0 to ${MOST_SECONDS}`,
  accepts: (value: Json): value is number => isSeconds(value, 0),
};
const TIMESTAMP = {
  what: 'a time such as 2016-08-18T17:33:00Z',
  accepts: (value: Json): value is string => parseTimestamp(value) !== undefined,
};

/** Waits for some seconds, or until a time; one that is past is no wait. */
export async function runWait(state: WaitState, visit: Visit, execution: Execution): Promise<Left> {
  const { clock, end } = execution.parts;
  const { kind, value } = state.until;
  if (kind === 'seconds') {
    await end.sleep(execution.evaluateField(value, visit, state, SECONDS) * 1000);
  } else {
    const untilMs = parseTimestamp(execution.evaluateField(value, visit, state, TIMESTAMP)) ?? 0;
    await end.sleep(Math.max(0, untilMs - clock.now()));
  }
  return execution.leave(visit, state, state, visit.input);
}
