import type { Result } from '../../contract/tune/result.ts';
import { type Markup, element } from '../markup/element.ts';
import { facts } from '../../words/result/facts.ts';
import { nextStep } from '../../words/result/next-step.ts';

/** Tells what numbers and charts do not say, and what to do next. */
export function factsList(result: Result): Markup {
  const next = nextStep(result);
  const entries = facts(result).flatMap(({ label, text }) => [
    element('dt', {}, label),
    element('dd', {}, text),
  ]);
  return element(
    'dl',
    { class: 'facts' },
    ...entries,
    element('dt', {}, 'next'),
    element('dd', {}, next.text, next.command === null ? null : element('code', {}, next.command)),
  );
}
