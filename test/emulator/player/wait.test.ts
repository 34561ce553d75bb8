import { describe, expect, it } from 'vitest';
import { machine, playHere } from './play-here.ts';
import { VirtualClock } from './virtual-clock.ts';

const wait = (fields: object): object => machine({ Wait: { Type: 'Wait', ...fields, End: true } });

describe('Wait', () => {
  // The virtual clock begins at 2026-01-01T00:00:00Z.
  it.each([
    ['seconds', { Seconds: 10 }, 10_000],
    ['no seconds', { Seconds: 0 }, 0],
    ['seconds in an expression', { Seconds: '{% $states.input.delay * 2 %}' }, 6_000],
    ['a time', { Timestamp: '2026-01-01T00:01:00Z' }, 60_000],
    ['a time with a fraction and an offset', { Timestamp: '2026-01-01T01:00:00.250+01:00' }, 250],
    ['a time in an expression', { Timestamp: '{% $states.input.at %}' }, 90_000],
    ['a time that is past', { Timestamp: '2016-08-18T17:33:00Z' }, 0],
    ['three years', { Seconds: 94_608_000 }, 94_608_000_000],
  ])('for %s', async (_, fields, waitedMs) => {
    const input = { delay: 3, at: '2026-01-01T00:01:30Z' };
    const { outcome } = await playHere(wait(fields), { input });
    expect(outcome).toMatchObject({ status: 'SUCCEEDED', output: input });
    expect(outcome.stoppedAtMs - outcome.startedAtMs).toBe(waitedMs);
  });

  it.each([
    ['Seconds', '{% -1 %}', 'an integer from 0 to 99999999, but was: -1.'],
    ['Seconds', '{% 1.5 %}', 'an integer from 0 to 99999999, but was: 1.5.'],
    ['Seconds', "{% '5' %}", 'an integer from 0 to 99999999, but was: "5".'],
    ['Seconds', '{% 100000000 %}', 'an integer from 0 to 99999999, but was: 100000000.'],
    [
      'Timestamp',
      "{% '2016-08-18' %}",
      'a time such as 2016-08-18T17:33:00Z, but was: "2016-08-18".',
    ],
    ['Timestamp', "{% '2016-08-18t17:33:00z' %}", 'a time such as 2016-08-18T17:33:00Z, but was'],
    ['Timestamp', "{% '2016-13-18T17:33:00Z' %}", 'a time such as 2016-08-18T17:33:00Z, but was'],
    ['Timestamp', '{% 5 %}', 'a time such as 2016-08-18T17:33:00Z, but was: 5.'],
  ])('fails when %s is %s', async (field, value, cause) => {
    const { outcome } = await playHere(wait({ [field]: value }));
    expect(outcome).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining(cause) as string,
    });
  });

  it('evaluates Output after the wait', async () => {
    const { outcome } = await playHere(wait({ Seconds: 5, Output: '{% $millis() %}' }));
    expect(outcome).toMatchObject({ output: new VirtualClock().now() + 5_000 });
  });
});
