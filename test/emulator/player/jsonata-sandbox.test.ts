import { describe, expect, it } from 'vitest';
import { EVALUATION_LIMITS, JsonataSandbox } from '../../../src/emulator/player/jsonata-sandbox.ts';

const WORLD = { now: () => 0, random: () => 0.5 };

describe('the bounds of an evaluation', () => {
  // The limits themselves, as measured on AWS: floci-io/floci, docs/services/step-functions.md.
  it.each([
    ['$count([1..873782])', 873_782],
    ['$length($pad("", 4194304, "x"))', 2 ** 22],
  ])('%s is within them', (expression, value) => {
    const sandbox = new JsonataSandbox(WORLD);
    expect(sandbox.evaluate([expression], {})).toEqual([{ kind: 'value', value }]);
  });

  it.each(['$count([1..873783])', '$length($pad("", 8388608, "x"))', '[1..9999999]'])(
    '%s is refused for its size',
    (expression) => {
      expect(new JsonataSandbox(WORLD).evaluate([expression], {})).toMatchObject([
        { failure: { code: 'U1001', message: 'Expression evaluation memory limit exceeded' } },
      ]);
    },
  );

  it('ends recursion that is no loop', () => {
    const sandbox = new JsonataSandbox(WORLD, { ...EVALUATION_LIMITS, pending: 5_000 });
    const endless = '($f := function($n) { 1 + $f($n) }; $f(1))';
    expect(sandbox.evaluate([endless], {})).toMatchObject([
      { failure: { code: 'U1001', message: expect.stringContaining('Stack overflow') as string } },
    ]);
    // Unlike depth, many at once are no recursion.
    const wide = `$count([${Array.from({ length: 500 }, () => '1+1').join()}])`;
    expect(sandbox.evaluate([wide], {})).toEqual([{ kind: 'value', value: 500 }]);
  });

  it.each([
    ['a loop', '($f := function($n) { $f($n) }; $f(1))'],
    ['a built-in function', '$distinct([1..500000])'],
    ['a regular expression', '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", /^(a+)+$/)'],
  ])('stops %s that never ends', (_, endless) => {
    const sandbox = new JsonataSandbox(WORLD, { ...EVALUATION_LIMITS, timeMs: 300 });
    const results = sandbox.evaluate([endless, '3'], {});
    expect(results).toMatchObject([
      { failure: { code: 'U1001', message: expect.stringContaining('timeout') as string } },
    ]);
  });

  it('can be used again after it was stopped', () => {
    const sandbox = new JsonataSandbox(WORLD, { ...EVALUATION_LIMITS, timeMs: 1_000 });
    sandbox.evaluate(['$a + 1'], { a: 1 });
    sandbox.evaluate(['($f := function($n) { $f($n) }; $f(1))'], {});
    expect(sandbox.evaluate(['$a + 1'], { a: 2 })).toEqual([{ kind: 'value', value: 3 }]);
  });

  it('takes $eval away and leaves code generation out', () => {
    const sandbox = new JsonataSandbox(WORLD);
    expect(sandbox.evaluate(['$eval("1")'], { eval: undefined })).toMatchObject([
      { failure: { code: 'T1006' } },
    ]);
  });

  it.each(['(((', '1 +', '{% 1 %}', '', '('.repeat(20_000), `1${'+1'.repeat(50_000)}`])(
    'reports what does not parse (case %#)',
    (source) => {
      expect(new JsonataSandbox(WORLD).parse(source)).toMatchObject({ kind: 'failure' });
    },
  );
});
