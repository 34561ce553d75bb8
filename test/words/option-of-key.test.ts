import { expect, test } from 'vitest';
import { sayInOptions, sayInPeerWords } from '../../src/words/option-of-key.ts';

test.each([
  [
    'Give a payload that it understands, or name the error in ignoreErrors.',
    'Give a payload that it understands, or name the error in --ignore-error.',
  ],
  ['memorySizes[1]: wanted at most 10240', '--memory: wanted at most 10240'],
  ['apply.alias: wanted an alias of orders', '--apply-alias: wanted an alias of orders'],
  ['goal.weight: wanted at most 1', '--weight: wanted at most 1'],
  ['maxUsd: with 1 USD\ninvocations: too many', '--max-usd: with 1 USD\n--invocations: too many'],
  ['payloads[2].weight: wanted more than 0', '--payload.weight: wanted more than 0'],
  ['name larger sizes (memorySizes, --memory)', 'name larger sizes (--memory)'],
  ['allowSmall (--allow-small) tries it', '--allow-small tries it'],
  ['Set the memory of orders: no invocations', 'Set the memory of orders: no invocations'],
])('a problem names the option that was given, not the key that it became: %s', (text, told) => {
  expect(sayInOptions(text)).toBe(told);
});

test.each([
  ['or name the error in ignoreErrors.', 'or name the error in allowedExceptions.'],
  ['coldStarts: 20 for each size', 'num: 20 for each size'],
  ['invocations: wanted at most 12000 in a run', 'num: wanted at most 12000 in a run'],
  [
    'Call the preProcessor before: wanted an answer',
    'Call the preProcessorARN before: wanted an answer',
  ],
  ['maxUsd: with 1 USD', 'maxUsd: with 1 USD'],
  ['apply.alias: wanted an alias', 'autoOptimizeAlias: wanted an alias'],
])('a problem names the key of the peer’s input that was written: %s', (text, told) => {
  expect(sayInPeerWords(text)).toBe(told);
});
