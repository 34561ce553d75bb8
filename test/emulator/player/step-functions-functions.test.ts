import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/shared/json.ts';
import { machine, outputOf, playHere } from './play-here.ts';

async function valueOf(expression: string): Promise<Json | undefined> {
  const outcome = await outputOf(`{% ${expression} %}`);
  return outcome.status === 'SUCCEEDED' ? outcome.output : undefined;
}

describe("Step Functions' own JSONata functions", () => {
  it.each<[string, Json]>([
    // Amazon States Language, States.ArrayPartition and States.ArrayRange; Developer Guide, $range.
    ['$partition([1,2,3,4,5,6,7,8,9], 4)', [[1, 2, 3, 4], [5, 6, 7, 8], [9]]],
    ['$range(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['$range(0, 10, 2)', [0, 2, 4, 6, 8, 10]],
    // Measured on AWS: floci-io/floci, docs/services/step-functions.md.
    ['$range(-1.7, 2, 1)', [-1, 0, 1, 2]],
    ['$partition([1,2,3], 2.9)', [[1, 2], [3]]],
    ['$range(5, 5, 1)', 5],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$count($range(1, 360145, 1))', 360_145],
    ['$partition(7, 2)', [[7]]],
    ['$parse(\'{"number": 20}\')', { number: 20 }],
    // RFC 1321 and FIPS 180: the digests of "abc".
    ["$hash('abc', 'MD5')", '900150983cd24fb0d6963f7d28e17f72'],
    ["$hash('abc', 'SHA-1')", 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ["$hash('abc', 'SHA-256')", 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ["$hash('abc', 'SHA-512')", createHash('sha512').update('abc').digest('hex')],
    ['$random(7) = $random(7)', true],
    ['$random(7) = $random(8)', false],
    ['($r := $random(123); $r >= 0 and $r < 1)', true],
    [
      '$match($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/) ~> $exists()',
      true,
    ],
  ])('%s', async (expression, expected) => {
    expect(await valueOf(expression)).toEqual(expected);
  });

  it.each([
    '$partition([1,2], 0)',
    '$partition([], 2)',
    '$range(1, 9)',
    '$range(1, 9, -1)',
    '$range(1, 9, 0)',
    "$hash('abc')",
    '$parse($states.input.missing)',
  ])('%s yields nothing', async (expression) => {
    expect(await outputOf(`{% ${expression} %}`)).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining('returned nothing') as string,
    });
  });

  it.each([
    ["$hash('abc', 'sha-256')", 'one of MD5, SHA-1'],
    ['$hash(1, "MD5")', 'must be a string'],
    ["$parse('{')", 'no JSON'],
    ["$partition([1], 'a')", 'must be a number'],
    ['$partition([1], -1)', 'must not be negative'],
    ['$range(1, 360146, 1)', 'memory limit exceeded'],
    ['$range(1, 1e300, 1)', 'memory limit exceeded'],
  ])('%s fails', async (expression, message) => {
    expect(await outputOf(`{% ${expression} %}`)).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining(message) as string,
    });
  });

  it('draws from the random source that the player was given', async () => {
    const definition = machine({
      Draw: {
        Type: 'Pass',
        Output: ['{% $random() %}', '{% $uuid() %}', '{% $shuffle([1..9]) %}'],
        End: true,
      },
    });
    const draw = async () => {
      let state = 1;
      const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
      return (await playHere(definition, { random })).outcome;
    };
    const first = await draw();
    expect(first).toMatchObject({ status: 'SUCCEEDED' });
    expect(await draw()).toEqual(first);
  });
});
