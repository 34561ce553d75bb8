import { isPeerInput } from '../contract/tune/peer-input.ts';
import { switchOf } from '../contract/tune/peer-values.ts';

/**
 * The payloads of an execution's raw input, for the log: nothing unless the input says `logPayloads`, or in
 * the peer's words that its logs are not disabled.
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
