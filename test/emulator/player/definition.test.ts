import { describe, expect, it } from 'vitest';
import { DefinitionError, playWorkflow } from '../../../src/emulator/player/play.ts';
import { machine } from './play-here.ts';

const END = { Type: 'Succeed' };
const PASS = { Type: 'Pass', End: true };
const TASK = { Type: 'Task', Resource: 'f', End: true };

async function problemsOf(definition: unknown): Promise<readonly string[]> {
  try {
    await playWorkflow({ definition, input: {}, tasks: { f: () => Promise.resolve(null) } });
    return [];
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

const one = (state: object): object => machine({ X: state });
const withEnd = (state: object): object => machine({ X: state, End: END });

describe('a definition that cannot be played', () => {
  it.each<[string, unknown, RegExp]>([
    // the whole
    ['nothing', undefined, /^\/: Must be a JSON object/],
    ['a list', [], /^\/: Must be a JSON object/],
    ['no JSON', { States: 1n }, /^\/: Is no JSON/],
    ['no StartAt', { QueryLanguage: 'JSONata', States: { X: END } }, /^\/StartAt: Is missing/],
    [
      'StartAt that is nowhere',
      machine({ X: END }, { StartAt: 'Y' }),
      /^\/StartAt: There is no state 'Y'/,
    ],
    [
      'StartAt of another type',
      machine({ X: END }, { StartAt: 1 }),
      /^\/StartAt: Must be a string/,
    ],
    [
      'an unknown field',
      machine({ X: END }, { Foo: 1 }),
      /^\/Foo: This player implements no such field/,
    ],
    ['another version', machine({ X: END }, { Version: '2.0' }), /^\/Version: Must be 1.0/],
    [
      'a timeout of 0',
      machine({ X: END }, { TimeoutSeconds: 0 }),
      /^\/TimeoutSeconds: Must be an integer from 1/,
    ],
    [
      'a timeout in an expression',
      machine({ X: END }, { TimeoutSeconds: '{% 1 %}' }),
      /^\/TimeoutSeconds: Must be an integer/,
    ],
    [
      'a state that is no object',
      machine({ X: END, Y: [] as object, Z: 'a' as unknown as object }),
      /^\/States\/Y: Must be an object/,
    ],
    ['a name that is too long', machine({ ['x'.repeat(81)]: END }), /must have 1 to 80 characters/],
    // the query language
    [
      'JSONPath by default',
      { StartAt: 'X', States: { X: END } },
      /^\/States\/X\/QueryLanguage: Must be JSONata/,
    ],
    [
      'JSONPath everywhere',
      machine({ X: END }, { QueryLanguage: 'JSONPath' }),
      /^\/States\/X\/QueryLanguage: Must be JSONata/,
    ],
    [
      'JSONPath in a state',
      one({ ...END, QueryLanguage: 'JSONPath' }),
      /^\/States\/X\/QueryLanguage: Must be JSONata/,
    ],
    [
      'another language',
      machine({ X: END }, { QueryLanguage: 'jsonata' }),
      /^\/QueryLanguage: Must be JSONata, not jsonata/,
    ],
    // states
    ['no Type', one({}), /^\/States\/X\/Type: Is missing/],
    [
      'a Map',
      one({ Type: 'Map', End: true }),
      /^\/States\/X\/Type: This player implements no Map state/,
    ],
    [
      'a Parallel',
      one({ Type: 'Parallel', End: true }),
      /^\/States\/X\/Type: This player implements no Parallel state/,
    ],
    [
      'a JSONPath field',
      one({ ...PASS, ResultPath: '$.a' }),
      /^\/States\/X\/ResultPath: This player implements no such field for a Pass state/,
    ],
    [
      'HeartbeatSeconds',
      one({ ...TASK, HeartbeatSeconds: 5 }),
      /^\/States\/X\/HeartbeatSeconds: This player implements no such field/,
    ],
    ['Arguments of a Pass', one({ ...PASS, Arguments: {} }), /^\/States\/X\/Arguments: /],
    [
      'TimeoutSeconds of a Wait',
      one({ Type: 'Wait', Seconds: 1, End: true, TimeoutSeconds: 1 }),
      /^\/States\/X\/TimeoutSeconds: /,
    ],
    ['Catch of a Pass', one({ ...PASS, Catch: [] }), /^\/States\/X\/Catch: /],
    ['Assign of a Succeed', one({ ...END, Assign: {} }), /^\/States\/X\/Assign: /],
    ['Next of a Fail', one({ Type: 'Fail', Next: 'X' }), /^\/States\/X\/Next: /],
    [
      'End of a Choice',
      withEnd({ Type: 'Choice', Choices: [{ Condition: true, Next: 'End' }], End: true }),
      /^\/States\/X\/End: /,
    ],
    // transitions
    ['neither Next nor End', one({ Type: 'Pass' }), /^\/States\/X: Needs either Next, or End/],
    [
      'End that is false',
      one({ Type: 'Pass', End: false }),
      /^\/States\/X: Needs either Next, or End/,
    ],
    [
      'both Next and End',
      withEnd({ Type: 'Pass', Next: 'End', End: true }),
      /^\/States\/X: Needs either Next, or End/,
    ],
    [
      'Next that is nowhere',
      one({ Type: 'Pass', Next: 'Y' }),
      /^\/States\/X\/Next: There is no state 'Y'/,
    ],
    [
      'Next by an inherited name',
      one({ Type: 'Pass', Next: 'toString' }),
      /^\/States\/X\/Next: There is no state 'toString'/,
    ],
    // tasks
    ['no Resource', one({ Type: 'Task', End: true }), /^\/States\/X\/Resource: Is missing/],
    [
      'a Resource without a function',
      one({ ...TASK, Resource: 'g' }),
      /^\/States\/X\/Resource: There is no function for 'g'. There are: f/,
    ],
    [
      'an inherited Resource',
      one({ ...TASK, Resource: 'constructor' }),
      /^\/States\/X\/Resource: There is no function/,
    ],
    [
      'a timeout of a part',
      one({ ...TASK, TimeoutSeconds: 1.5 }),
      /^\/States\/X\/TimeoutSeconds: Must be an integer from 1/,
    ],
    [
      'a timeout in words',
      one({ ...TASK, TimeoutSeconds: 'long' }),
      /^\/States\/X\/TimeoutSeconds: Must be an integer from 1/,
    ],
    // retriers and catchers
    ['Retry that is no list', one({ ...TASK, Retry: {} }), /^\/States\/X\/Retry: Must be a list/],
    [
      'a retrier without errors',
      one({ ...TASK, Retry: [{ ErrorEquals: [] }] }),
      /^\/States\/X\/Retry\[0\]\/ErrorEquals: Must be a list/,
    ],
    [
      'a retrier with a field of a catcher',
      one({ ...TASK, Retry: [{ ErrorEquals: ['A'], Next: 'X' }] }),
      /^\/States\/X\/Retry\[0\]\/Next: /,
    ],
    [
      'States.ALL in company',
      one({ ...TASK, Retry: [{ ErrorEquals: ['States.ALL', 'A'] }] }),
      /^\/States\/X\/Retry\[0\]\/ErrorEquals: States.ALL must stand alone/,
    ],
    [
      'States.ALL before others',
      one({ ...TASK, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] }),
      /^\/States\/X\/Retry\[0\]\/ErrorEquals: States.ALL must stand alone, in the last/,
    ],
    [
      'States.ALL before other catchers',
      withEnd({
        ...TASK,
        Catch: [
          { ErrorEquals: ['States.ALL'], Next: 'End' },
          { ErrorEquals: ['A'], Next: 'End' },
        ],
      }),
      /^\/States\/X\/Catch\[0\]\/ErrorEquals: /,
    ],
    [
      'an interval of 0',
      one({ ...TASK, Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 0 }] }),
      /^\/States\/X\/Retry\[0\]\/IntervalSeconds: Must be an integer from 1/,
    ],
    [
      'fewer attempts than none',
      one({ ...TASK, Retry: [{ ErrorEquals: ['A'], MaxAttempts: -1 }] }),
      /^\/States\/X\/Retry\[0\]\/MaxAttempts: Must be an integer from 0/,
    ],
    [
      'a shrinking wait',
      one({ ...TASK, Retry: [{ ErrorEquals: ['A'], BackoffRate: 0.5 }] }),
      /^\/States\/X\/Retry\[0\]\/BackoffRate: Must be a number from 1/,
    ],
    [
      'a year and a day',
      one({ ...TASK, Retry: [{ ErrorEquals: ['A'], MaxDelaySeconds: 31_622_400 }] }),
      /^\/States\/X\/Retry\[0\]\/MaxDelaySeconds: /,
    ],
    [
      'another jitter',
      one({ ...TASK, Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'HALF' }] }),
      /^\/States\/X\/Retry\[0\]\/JitterStrategy: Must be FULL or NONE/,
    ],
    [
      'a catcher to nowhere',
      one({ ...TASK, Catch: [{ ErrorEquals: ['A'], Next: 'Y' }] }),
      /^\/States\/X\/Catch\[0\]\/Next: There is no state 'Y'/,
    ],
    // choices
    ['no Choices', one({ Type: 'Choice' }), /^\/States\/X\/Choices: Must be a list of one or more/],
    [
      'empty Choices',
      one({ Type: 'Choice', Choices: [] }),
      /^\/States\/X\/Choices: Must be a list of one or more/,
    ],
    [
      'no Condition',
      withEnd({ Type: 'Choice', Choices: [{ Next: 'End' }] }),
      /^\/States\/X\/Choices\[0\]\/Condition: Must be an expression/,
    ],
    [
      'a Condition in words',
      withEnd({ Type: 'Choice', Choices: [{ Condition: 'true', Next: 'End' }] }),
      /^\/States\/X\/Choices\[0\]\/Condition: Must be an expression/,
    ],
    [
      'a rule in JSONPath',
      withEnd({
        Type: 'Choice',
        Choices: [{ Variable: '$.a', IsNull: true, Condition: true, Next: 'End' }],
      }),
      /^\/States\/X\/Choices\[0\]\/Variable: /,
    ],
    [
      'a rule to nowhere',
      one({ Type: 'Choice', Choices: [{ Condition: true, Next: 'Y' }] }),
      /^\/States\/X\/Choices\[0\]\/Next: There is no state 'Y'/,
    ],
    [
      'Default to nowhere',
      one({ Type: 'Choice', Choices: [{ Condition: true, Next: 'X' }], Default: 'Y' }),
      /^\/States\/X\/Default: There is no state 'Y'/,
    ],
    // waits
    [
      'a Wait for nothing',
      one({ Type: 'Wait', End: true }),
      /^\/States\/X: A Wait state needs either Seconds or Timestamp/,
    ],
    [
      'a Wait for both',
      one({ Type: 'Wait', Seconds: 1, Timestamp: '2016-08-18T17:33:00Z', End: true }),
      /^\/States\/X: A Wait state needs either/,
    ],
    [
      'a negative Wait',
      one({ Type: 'Wait', Seconds: -1, End: true }),
      /^\/States\/X\/Seconds: Must be an integer from 0/,
    ],
    [
      'a Wait for a day',
      one({ Type: 'Wait', Timestamp: '2016-08-18', End: true }),
      /^\/States\/X\/Timestamp: Must be a time such as/,
    ],
    [
      'SecondsPath',
      one({ Type: 'Wait', Seconds: 1, SecondsPath: '$.s', End: true }),
      /^\/States\/X\/SecondsPath: /,
    ],
    // variables
    [
      'Assign that is no object',
      one({ ...PASS, Assign: '{% {} %}' }),
      /^\/States\/X\/Assign: Must be an object/,
    ],
    [
      'the reserved variable',
      one({ ...PASS, Assign: { states: 1 } }),
      /^\/States\/X\/Assign\/states: 'states' is reserved/,
    ],
    [
      'a part of a variable',
      one({ ...PASS, Assign: { 'x.y': 42 } }),
      /^\/States\/X\/Assign\/x.y: Is no variable name/,
    ],
    ['an element of a variable', one({ ...PASS, Assign: { 'x[2]': 42 } }), /Is no variable name/],
    [
      'a name that begins with a digit',
      one({ ...PASS, Assign: { '1st': 1 } }),
      /Is no variable name/,
    ],
    [
      'a name of 81 letters',
      one({ ...PASS, Assign: { ['x'.repeat(81)]: 1 } }),
      /Is no variable name/,
    ],
    // expressions
    [
      'an expression that does not parse',
      one({ ...PASS, Output: { a: '{% 1 + %}' } }),
      /^\/States\/X\/Output\/a: The JSONata expression '1 \+' does not parse. S0207/,
    ],
    [
      'an expression that does not begin',
      one({ ...PASS, Output: ['1 %}'] }),
      /^\/States\/X\/Output\[0\]: An expression must begin/,
    ],
    [
      'an expression that does not end',
      one({ ...PASS, Output: '{% 1' }),
      /^\/States\/X\/Output: An expression must begin/,
    ],
    [
      'half a pair of marks',
      one({ ...PASS, Output: '{%}' }),
      /^\/States\/X\/Output: An expression must begin/,
    ],
    ['an empty expression', one({ ...PASS, Output: '{%%}' }), /does not parse/],
  ])('%s', async (_, definition, problem) => {
    const problems = await problemsOf(definition);
    expect(problems[0]).toMatch(problem);
  });

  it('lists all problems in the order of the definition, and says how many', async () => {
    const definition = machine({
      A: { Type: 'Pass', Next: 'Nowhere', Foo: 1 },
      B: {
        ...TASK,
        Resource: 'g',
        Retry: [{ ErrorEquals: ['States.ALL', 'x'], MaxAttempts: 'many' }],
      },
    });
    expect((await problemsOf(definition)).map((text) => text.split(':')[0])).toEqual([
      '/States/A/Foo',
      '/States/A/Next',
      '/States/B/Resource',
      '/States/B/Retry[0]/ErrorEquals',
      '/States/B/Retry[0]/MaxAttempts',
    ]);
    await expect(playWorkflow({ definition, input: {}, tasks: {} })).rejects.toThrow(
      /^Cannot play the workflow, 5 problems in its definition:\n {2}\/States\/A\/Foo: /,
    );
  });

  it.each(['[', '{"a":'])('refuses what is nested without end: %s', async (open) => {
    const depth = 2_000;
    let output: unknown = 1;
    for (let level = 0; level < depth * 10; level += 1)
      output = open === '[' ? [output] : { a: output };
    const problems = await problemsOf(one({ ...PASS, Output: output }));
    expect(problems.join()).toMatch(/^\/: (Is nested too deeply|Is no JSON)/);
  });

  it.each<[string, object]>([
    [
      'comments everywhere',
      machine(
        {
          X: {
            ...TASK,
            Comment: 'a',
            Retry: [{ Comment: 'b', ErrorEquals: ['A'] }],
            Catch: [{ Comment: 'c', ErrorEquals: ['A'], Next: 'X' }],
          },
        },
        { Comment: 'd' },
      ),
    ],
    ['JSONata by the state', { StartAt: 'X', States: { X: { ...END, QueryLanguage: 'JSONata' } } }],
    ['a state that nothing leads to', machine({ X: END, Y: PASS })],
    [
      'End that is false beside Next',
      machine({ X: { Type: 'Pass', Next: 'Y', End: false }, Y: END }),
    ],
    [
      'names in other scripts',
      machine({ 'Größe wählen': { ...PASS, Assign: { größe: 1, 変数2: 2 } } }),
    ],
    [
      'inherited names of states',
      machine({ constructor: { Type: 'Pass', Next: 'toString' }, toString: END }),
    ],
  ])('does not include one with %s', async (_, definition) => {
    expect(await problemsOf(definition)).toEqual([]);
  });
});
