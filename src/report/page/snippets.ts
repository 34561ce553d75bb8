import type { Result } from '../../contract/tune/result.ts';
import { adviceSnippets } from '../../words/advice/advice.ts';
import { type Child, type Markup, element, fragment } from '../markup/element.ts';

/** Returns the code that stands beside advice, each piece folded under its sentence; `null` without any. */
export function snippets(result: Result): Markup | null {
  const all = adviceSnippets(result);
  if (all.length === 0) return null;
  return fragment(
    ...all.map(({ title, text }) =>
      element(
        'details',
        {},
        element('summary', {}, title),
        element('pre', {}, element('code', {}, ...lines(text))),
      ),
    ),
  );
}

/** Texts in markup stand on one line each, so that a break is an element. */
function lines(text: string): readonly Child[] {
  return text
    .split('\n')
    .flatMap((line, index) => (index === 0 ? [line] : [element('br', {}), line]));
}
