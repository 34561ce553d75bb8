import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/shared/json.ts';
import { machine, outputOf, playHere } from './play-here.ts';

const PRODUCTS = [
  { calories: 140, flavour: 'Cola', name: 'Product-1' },
  { calories: 0, flavour: 'Cola', name: 'Product-2' },
  { calories: 160, flavour: 'Orange', name: 'Product-3' },
  { calories: 100, flavour: 'Orange', name: 'Product-4' },
  { calories: 0, flavour: 'Lime', name: 'Product-5' },
];

interface Example {
  readonly name: string;
  readonly output: Json;
  readonly input?: Json;
  readonly variables?: Readonly<Record<string, Json>>;
  readonly expected: Json;
}

describe('expressions', () => {
  // From the Step Functions Developer Guide, "Transforming data with JSONata".
  const guide: readonly Example[] = [
    {
      name: 'conversion from JSONPath',
      output: {
        static: 'Hello',
        title: '{% $states.input.title %}',
        name: '{% $customerName %}',
        'not-evaluated': '$customerName',
      },
      input: { title: 'Doctor' },
      variables: { customerName: 'María' },
      expected: {
        static: 'Hello',
        title: 'Doctor',
        name: 'María',
        'not-evaluated': '$customerName',
      },
    },
    {
      name: 'Input and Output',
      output: {
        lastName: "{% 'Last=>' & $states.input.customer.lastName %}",
        orderValue: '{% $states.input.order.total %}',
      },
      input: {
        customer: { firstName: 'Martha', lastName: 'Rivera' },
        order: { items: 7, total: 27.91 },
      },
      expected: { lastName: 'Last=>Rivera', orderValue: 27.91 },
    },
    {
      name: 'Filtering',
      output: { dietProducts: '{% $states.input.products[calories=0] %}' },
      input: { products: PRODUCTS },
      expected: {
        dietProducts: [
          { calories: 0, flavour: 'Cola', name: 'Product-2' },
          { calories: 0, flavour: 'Lime', name: 'Product-5' },
        ],
      },
    },
    { name: 'any JSON as Output', output: 42, expected: 42 },
    {
      name: 'an array with an expression',
      output: [1, '{% $two %}', 3],
      variables: { two: 2 },
      expected: [1, 2, 3],
    },
  ];

  // Recorded on AWS by localstack/localstack, tests/aws/services/stepfunctions/v2/outputdecl (BASE_LITERALS).
  const literals: Json = {
    constant_null: null,
    constant_float: 0.1,
    constant_not_jsonata: ' {% states.input %} ',
    constant_varpath: '$no.such.var.path',
    'constant_jp_input.$': '$',
    constant_if: "States.Format('Format:{}', 101)",
    constant_lst: [
      null,
      0,
      0.1,
      true,
      [],
      { constant: 0 },
      ' {% states.input %} ',
      '$states.input',
    ],
    constant_obj_empty: {},
  };

  const quirks: readonly Example[] = [
    { name: 'literals stay as they are', output: literals, expected: literals },
    {
      name: 'a null is a value',
      output: { v: '{% $states.input.bar %}' },
      input: { bar: null },
      expected: { v: null },
    },
    {
      name: 'a sequence of one is that one',
      output: '{% $states.input.a[x=1].x %}',
      input: { a: [{ x: 1 }, { x: 2 }] },
      expected: 1,
    },
    {
      name: 'unless it is kept',
      output: '{% $states.input.a[x=1].x[] %}',
      input: { a: [{ x: 1 }, { x: 2 }] },
      expected: [1],
    },
    {
      name: 'an absent member is left out of an object made in an expression',
      output: "{% {'k': $states.input.missing} %}",
      expected: {},
    },
    { name: 'lines and blanks around an expression', output: '{%\n  1 +\n  1\n%}', expected: 2 },
    {
      name: 'a key that is no ordinary key',
      output: { ['__proto__']: '{% 1 %}' },
      expected: JSON.parse('{"__proto__": 1}') as Json,
    },
    {
      name: 'the time is the clock’s',
      output: '{% $now() %}',
      expected: '2026-01-01T00:00:00.000Z',
    },
  ];

  it.each([...guide, ...quirks])('$name', async ({ output, input, variables, expected }) => {
    const outcome = await outputOf(output, input, variables);
    expect(outcome).toMatchObject({ status: 'SUCCEEDED' });
    expect('output' in outcome && JSON.stringify(outcome.output)).toBe(JSON.stringify(expected));
  });

  // Causes as measured on AWS: floci-io/floci, docs/services/step-functions.md; the kinds of error are
  // those of the Developer Guide, "Handling expression errors".
  it.each([
    [
      'nothing',
      '{% $states.input.absent %}',
      "The JSONata expression '$states.input.absent' specified for the field 'Output' returned nothing (undefined).",
    ],
    [
      'nothing, inside',
      { a: { b: ['{% $states.input.absent %}'] } },
      "The JSONata expression '$states.input.absent' specified for the field 'Output/a/b[0]' returned nothing (undefined).",
    ],
    [
      'a variable never set',
      '{% $x %}',
      "The JSONata expression '$x' specified for the field 'Output' returned nothing (undefined).",
    ],
    [
      'a type error',
      "{% 1 + 'a' %}",
      "The JSONata expression '1 + 'a'' specified for the field 'Output' threw an error during evaluation. T2002: The right side of the \"+\" operator must evaluate to a number",
    ],
    [
      'a function',
      '{% $sum %}',
      "The JSONata expression '$sum' specified for the field 'Output' returned an unsupported result type.",
    ],
    [
      'a function inside',
      '{% {"f": function($x){$x}} %}',
      `The JSONata expression '{"f": function($x){$x}}' specified for the field 'Output' returned an unsupported result type.`,
    ],
    [
      'a number that is not finite',
      '{% 1/0 %}',
      "The JSONata expression '1/0' specified for the field 'Output' returned an unsupported result type.",
    ],
  ])('fails on %s', async (_, output, cause) => {
    const outcome = await outputOf(output);
    expect(outcome).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: `An error occurred while executing the state 'Use' (entered at the event id #4). ${cause}`,
    });
  });

  it('puts a failed evaluation into the history', async () => {
    const { events } = await playHere(
      machine({ Only: { Type: 'Succeed', Output: { v: '{% $states.input.absent %}' } } }),
    );
    expect(events.map(({ kind }) => kind)).toEqual([
      'execution-started',
      'state-entered',
      'evaluation-failed',
      'execution-failed',
    ]);
    expect(events[2]).toMatchObject({ stateName: 'Only', location: 'Output/v' });
  });

  it('keeps the input from being changed by an expression or a task', async () => {
    const input = { rows: [{ a: 1 }] };
    const tampering = (payload: Json): Promise<Json> => {
      (payload as { rows: { a: number }[] }).rows[0] = { a: 9 };
      return Promise.resolve(null);
    };
    const { outcome } = await playHere(
      machine({
        Tamper: { Type: 'Task', Resource: 'f', Output: '{% $states.input %}', Next: 'Change' },
        Change: {
          Type: 'Pass',
          Output: {
            changed: '{% $states.input ~> |rows|{"a": 2}| %}',
            kept: '{% $states.input.rows[] %}',
          },
          End: true,
        },
      }),
      { input, tasks: { f: tampering } },
    );
    expect(outcome).toMatchObject({ output: { changed: { rows: [{ a: 2 }] }, kept: [{ a: 1 }] } });
    expect(input).toEqual({ rows: [{ a: 1 }] });
  });
});
