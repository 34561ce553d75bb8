import { describe, expect, it } from 'vitest';
import { refusedReferences } from '../../../src/emulator/player/expression-scope.ts';
import { JsonataSandbox } from '../../../src/emulator/player/jsonata-sandbox.ts';

const sandbox = new JsonataSandbox({ now: () => 0, random: () => 0.5 });

function findRefusals(
  source: string,
  access = { result: false, errorOutput: false },
): readonly string[] {
  const parsed = sandbox.parse(source);
  if (parsed.kind === 'failure') throw new Error(parsed.failure.message);
  return refusedReferences(parsed.tree, access);
}

// What CreateStateMachine refuses and accepts: floci-io/floci, docs/services/step-functions.md, measured on
// AWS; Developer Guide, "Transforming data with JSONata".
describe('what an expression may refer to', () => {
  it.each([
    ['phone', "Reference to 'phone' at the top level is not supported."],
    ['phone.number', "Reference to 'phone' at the top level is not supported."],
    ["{'k': phone}", "Reference to 'phone' at the top level is not supported."],
    ['$a + phone', "Reference to 'phone' at the top level is not supported."],
    ['-phone', "Reference to 'phone' at the top level is not supported."],
    ['($x := phone; $x)', "Reference to 'phone' at the top level is not supported."],
    ['$a ? phone : 1', "Reference to 'phone' at the top level is not supported."],
    ['$sum(phone)', "Reference to 'phone' at the top level is not supported."],
    [
      '$map($states.input.a, function($x){ b })',
      "Reference to 'b' at the top level is not supported.",
    ],
    ['$', "Reference to '$' at the top level is not supported."],
    ['$.a', "Reference to '$' at the top level is not supported."],
    ['$$', "Reference to '$$' is not supported."],
    ['$states.input.items[id = $$.id]', "Reference to '$$' is not supported."],
    ['$eval("1")', '$eval is not supported, use $parse.'],
    ['"1" ~> $eval', '$eval is not supported, use $parse.'],
    ['$states.result.a', "Reference to '$states.result' is not supported in this field."],
    [
      '$count($states.errorOutput)',
      "Reference to '$states.errorOutput' is not supported in this field.",
    ],
    [
      '$states.input[$states.errorOutput.Error = a]',
      "Reference to '$states.errorOutput' is not supported in this field.",
    ],
  ])('does not include %s', (source, message) => {
    expect(findRefusals(source)).toEqual([message]);
  });

  it.each([
    '$phone',
    '$states.input.phone',
    '$states.context.Execution.Name',
    '$states.input.items[value > 3]',
    '$states.input.items[$ > 3]',
    '$states.input.items.(name & $.size)',
    '$states.input.items^(>price).name',
    '$states.input.items{kind: $sum(price)}',
    '$items{kind: $sum(price)}',
    '$states.input ~> |items|{"price": price * 2}, ["size"]|',
    '$states.input.items#$i.{"i": $i, "name": name}',
    '$map($states.input.items, function($v) { $v.name })',
    '$states.input.items.%.name',
    '$filter($xs, /a/)',
    '$sum(?, 1)',
  ])('includes %s', (source) => {
    expect(findRefusals(source)).toEqual([]);
  });

  it('lets the right fields read the result and the error', () => {
    const both = '$states.result & $states.errorOutput.Error';
    expect(findRefusals(both, { result: true, errorOutput: true })).toEqual([]);
    expect(findRefusals(both, { result: true, errorOutput: false })).toHaveLength(1);
    expect(findRefusals(both, { result: false, errorOutput: true })).toHaveLength(1);
  });
});
