import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/shared/json.ts';
import { machine, playHere } from './play-here.ts';

const SCORES: Readonly<Record<string, object>> = {
  // Developer Guide, "Using Assign with Choice states", with an Output at each level as well.
  Judge: {
    Type: 'Choice',
    Assign: { outputValue: "{% 'default path taken' %}" },
    Output: 'default',
    Choices: [
      {
        Condition: '{% $states.input.score > 90 %}',
        Assign: { outputValue: "{% 'high score' %}" },
        Output: { high: '{% $states.input.score %}' },
        Next: 'HighScoreState',
      },
      { Condition: '{% $states.input.score > 50 %}', Next: 'MediumScoreState' },
    ],
    Default: 'LowScoreState',
  },
};

function show(place: string): object {
  const value = "{% $exists($outputValue) ? $outputValue : 'not set' %}";
  return { Type: 'Pass', Output: [place, value, '{% $states.input %}'], End: true };
}

describe('Choice', () => {
  it.each<[number, Json]>([
    [95, ['high', 'high score', { high: 95 }]],
    [60, ['medium', 'not set', { score: 60 }]],
    [10, ['low', 'default path taken', 'default']],
  ])('with a score of %i', async (score, output) => {
    const { outcome } = await playHere(
      machine({
        ...SCORES,
        HighScoreState: show('high'),
        MediumScoreState: show('medium'),
        LowScoreState: show('low'),
      }),
      { input: { score } },
    );
    expect(outcome).toMatchObject({ status: 'SUCCEEDED', output });
  });

  const choice = (conditions: readonly Json[], rest: object = {}): object =>
    machine({
      Choose: {
        Type: 'Choice',
        Choices: conditions.map((Condition) => ({ Condition, Next: 'Yes' })),
        ...rest,
      },
      Yes: { Type: 'Pass', Output: 'yes', End: true },
      No: { Type: 'Pass', Output: 'no', End: true },
    });

  it('evaluates no condition after the first true one', async () => {
    const { outcome } = await playHere(choice([false, '{% 1 = 1 %}', '{% $absent %}']));
    expect(outcome).toMatchObject({ output: 'yes' });
  });

  it.each<[string, Json, RegExp]>([
    [
      'yields nothing',
      '{% $absent = 1 ? true : $absent %}',
      /'Choices\[1\]\/Condition' returned nothing \(undefined\)\.$/,
    ],
    [
      'yields a number',
      '{% 1 %}',
      /'Choices\[1\]\/Condition' returned an unexpected result\. Expected true or false, but was: 1\.$/,
    ],
    ['yields a string', "{% 'true' %}", /Expected true or false, but was: "true"\.$/],
    [
      'throws',
      '{% 1 > "a" %}',
      /'Choices\[1\]\/Condition' threw an error during evaluation\. T2009: /,
    ],
  ])('fails when a condition %s', async (_, condition, cause) => {
    const { outcome, events } = await playHere(choice([false, condition], { Default: 'No' }));
    expect(outcome).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: expect.stringMatching(cause) as string,
    });
    expect(events.at(-2)).toMatchObject({
      kind: 'evaluation-failed',
      location: 'Choices[1]/Condition',
    });
  });

  it('takes Default when nothing matches, and fails without one', async () => {
    const { outcome } = await playHere(choice(['{% 1 = 2 %}'], { Default: 'No' }));
    expect(outcome).toMatchObject({ output: 'no' });
    const { outcome: failed } = await playHere(choice(['{% 1 = 2 %}']));
    expect(failed).toMatchObject({
      status: 'FAILED',
      error: 'States.NoChoiceMatched',
      cause: expect.stringMatching(
        /^An error occurred while executing the state 'Choose' /,
      ) as string,
    });
  });
});
