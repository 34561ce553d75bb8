import { expect, test } from 'vitest';
import { fail } from '../../../src/cli/tune/end-run.ts';
import type { Tuning } from '../../../src/cli/tune/tuning.ts';
import { notPutBack } from '../../../src/words/refusals/not-put-back.ts';

/** What the command prints when a run has failed. */
function printFailure(error: string, cause: string): string {
  let text = '';
  const terminal = { stderr: { write: (chunk: string) => (text += chunk) } };
  const target = { functionName: 'orders', emulation: null };
  const tuning = { options: {}, target, terminal, endProgress: () => undefined };
  expect(fail(tuning as unknown as Tuning, { error, cause, result: null })).toBe(3);
  return text;
}

test.each(['It gives no cause.', 'The clean-up failed', ''])(
  'a run that ended with NotPutBack says the command, also where its cause is "%s"',
  (cause) => {
    expect(printFailure('NotPutBack', cause)).toContain('powerdial restore orders');
  },
);

test('the command is said once where the cause has it', () => {
  const { message } = notPutBack('orders', 'run-7', { kind: 'error', text: 'why' });
  expect(printFailure('NotPutBack', message).split('powerdial restore orders')).toHaveLength(2);
});

test('a run that failed in anything else says that the function is as it was', () => {
  expect(printFailure('StageTimedOut', 'why')).toBe(
    'powerdial: StageTimedOut: why\norders is as it was.\n',
  );
});
