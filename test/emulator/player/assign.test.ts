import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Variables } from '../../../src/emulator/player/variables.ts';
import { machine, playHere } from './play-here.ts';

describe('Assign', () => {
  // Developer Guide, "Evaluation order in an assign field".
  it('evaluates all expressions on the old values, then assigns at once', async () => {
    const { outcome, events } = await playHere(
      machine({
        Start: { Type: 'Pass', Assign: { x: 3, a: 6 }, Next: 'Swap' },
        Swap: {
          Type: 'Pass',
          Assign: { x: '{% $a %}', nextX: '{% $x %}' },
          Output: { x: '{% $x %}' },
          Next: 'Show',
        },
        Show: {
          Type: 'Pass',
          Output: { before: '{% $states.input %}', x: '{% $x %}', nextX: '{% $nextX %}' },
          End: true,
        },
      }),
    );
    expect(outcome).toMatchObject({ output: { before: { x: 3 }, x: 6, nextX: 3 } });
    const exits = events.filter((event) => event.kind === 'state-exited');
    expect(exits.map(({ assigned }) => assigned)).toEqual([{ x: 3, a: 6 }, { x: 6, nextX: 3 }, {}]);
  });

  it('fails on a variable that was not assigned before', async () => {
    const { outcome } = await playHere(
      machine({ Only: { Type: 'Pass', Assign: { x: 1, y: '{% $x %}' }, End: true } }),
    );
    expect(outcome).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining("'$x' specified for the field 'Assign/y'") as string,
    });
  });

  it('assigns nothing when anything fails', async () => {
    const { outcome } = await playHere(
      machine({
        Try: {
          Type: 'Task',
          Resource: 'f',
          Assign: { x: 'set' },
          Output: '{% $states.input.absent %}',
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Show' }],
          End: true,
        },
        Show: { Type: 'Pass', Output: '{% $exists($x) %}', End: true },
      }),
      { tasks: { f: () => Promise.resolve(1) } },
    );
    expect(outcome).toMatchObject({ output: false });
  });

  it('keeps variables over every state, and lets them hide functions', async () => {
    const { outcome } = await playHere(
      machine({
        Set: { Type: 'Pass', Assign: { größe: { a: [1, null] }, count: 7 }, Next: 'Wait' },
        Wait: { Type: 'Wait', Seconds: 1, Assign: { waited: true }, Next: 'Show' },
        Show: { Type: 'Succeed', Output: ['{% $größe.a[] %}', '{% $waited %}', '{% $count %}'] },
      }),
    );
    expect(outcome).toMatchObject({ output: [[1, null], true, 7] });
  });

  it('permutes as a permutation does: every variable gets an old value', async () => {
    const names = ['a', 'b', 'c', 'd'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer(), { minLength: 4, maxLength: 4 }),
        fc.array(fc.constantFrom(...names), { minLength: 4, maxLength: 4 }),
        async (values, sources) => {
          const start = Object.fromEntries(names.map((name, index) => [name, values[index] ?? 0]));
          const { outcome } = await playHere(
            machine({
              Start: { Type: 'Pass', Assign: start, Next: 'Move' },
              Move: {
                Type: 'Pass',
                Assign: Object.fromEntries(
                  names.map((name, index) => [name, `{% $${sources[index] ?? 'a'} %}`]),
                ),
                Next: 'Show',
              },
              Show: { Type: 'Pass', Output: names.map((name) => `{% $${name} %}`), End: true },
            }),
          );
          expect(outcome).toMatchObject({ output: sources.map((source) => start[source]) });
        },
      ),
      { numRuns: 25 },
    );
  });
});

// Developer Guide, "Passing data between states with variables", limits.
describe('the size of variables', () => {
  const KIB = 1024;
  const text = (bytes: number) => 'x'.repeat(bytes - 2); // and two quotes

  it.each([
    ['one of 256 KiB', { a: text(256 * KIB) }, true],
    ['one of a byte more', { a: text(256 * KIB + 1) }, false],
    ['two of 128 KiB at once', { a: text(128 * KIB), b: text(128 * KIB) }, true],
    ['two of 256 KiB at once', { a: text(256 * KIB), b: text(256 * KIB) }, false],
    ['one that is large in UTF-8 only', { a: 'ü'.repeat(128 * KIB) }, false],
  ])('%s', (_, assigned, fits) => {
    const assign = () => Variables.none.assign(new Map(Object.entries(assigned)));
    if (fits) expect(assign().toRecord()).toEqual(assigned);
    else expect(assign).toThrow(expect.objectContaining({ error: 'States.DataLimitExceeded' }));
  });

  it('is 10 MiB for all together', () => {
    let variables = Variables.none;
    for (let index = 0; index < 40; index += 1) {
      variables = variables.assign(new Map([[`v${index}`, text(256 * KIB)]]));
    }
    expect(() => variables.assign(new Map([['one', true]]))).toThrow(
      expect.objectContaining({ error: 'States.DataLimitExceeded' }),
    );
    // Replacing needs no more room.
    const replaced = variables.assign(new Map([['v0', text(256 * KIB)]]));
    expect(Object.keys(replaced.toRecord())).toHaveLength(40);
  });
});
