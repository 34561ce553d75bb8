import { isPeerInput } from '../contract/tune/peer-input.ts';
import { switchOf } from '../contract/tune/peer-values.ts';

/**
 * Picks the payloads of an execution's raw input for the log. There are none unless the input says
 * `logPayloads`, or unless an input of aws-lambda-power-tuning says `disablePayloadLogs: false`.
 */
export function loggedPayloads(input: unknown): Readonly<Record<string, unknown>> {
  if (typeof input !== 'object' || input === null) {
    return {};
  }
  const { logPayloads, payload, payloads } = input as Readonly<Record<string, unknown>>;
  const wanted = isPeerInput(input) ? isEnabled(input.disablePayloadLogs) : logPayloads === true;
  return wanted ? { payload, payloads } : {};
}

function isEnabled(disabled: unknown): boolean {
  return disabled !== undefined && disabled !== null && switchOf(disabled) === false;
}
