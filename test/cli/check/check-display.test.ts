import { expect, test } from 'vitest';
import type { CheckEvent } from '../../../src/contract/check/check-event.ts';
import { checkDisplay } from '../../../src/cli/check/check-display.ts';
import type { CheckOptions } from '../../../src/cli/check/check-options.ts';

const EVENTS: readonly CheckEvent[] = [
  { kind: 'check-started', function: 'orders', mostInvocations: 400, mostUsd: 1 },
  { kind: 'measuring', function: 'orders', look: 1, done: 59, planned: 60, usd: 0.001 },
  { kind: 'measuring', function: 'orders', look: 1, done: 60, planned: 60, usd: 0.001 },
  { kind: 'output', function: 'orders', place: 'head', lines: ['a\u001b[2J', 'b'] },
  { kind: 'note', message: 'orders: cost regressed; measuring again to confirm' },
  { kind: 'warning', code: 'notice', message: 'The handler names /tmp.' },
  { kind: 'checked', function: 'orders', verdict: 'pass' },
];

function showCheck(options: CheckOptions): string {
  let text = '';
  const stderr = { write: (piece: string) => (text += piece) };
  const show = checkDisplay(options, { stderr: stderr as unknown as NodeJS.WriteStream });
  for (const event of EVENTS) show(event);
  return text;
}

test('--progress json of check writes every event on a line of its own, with its time', () => {
  const lines = showCheck({ progress: 'json', quiet: true }).trimEnd().split('\n');
  const events = lines.map((line) => JSON.parse(line) as { readonly at: string });
  expect(events).toMatchObject(EVENTS);
  for (const { at } of events) expect(new Date(at).toISOString()).toBe(at);
});

test('check tells people the end of each look, and nothing of handlers moves their terminal', () => {
  const text = showCheck({});
  expect(text).toContain('orders: look 1, 60 of 60 invocations\n');
  expect(text).not.toContain('59 of 60');
  expect(text).toContain('measuring again to confirm\nThe handler names /tmp.\n');
  expect(text).toMatch(/^head \| b$/m);
  expect(text).not.toContain('\u001b');
});

test('check --quiet tells only what people must know', () => {
  const text = showCheck({ quiet: true });
  expect(text).toContain('The handler names /tmp.');
  expect(text).not.toMatch(/look 1|to confirm/);
});
