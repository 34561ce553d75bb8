import type { Result } from '../../contract/tune/result.ts';
import { aboutFacts } from '../../words/result/about.ts';
import { sortWarnings } from '../../words/result/blockers.ts';
import { emulationText } from '../../words/result/emulation.ts';
import { monthText, oddsText } from '../../words/result/odds.ts';
import { targetName } from '../../words/result/target.ts';
import { type Markup, element } from '../markup/element.ts';
import { aboutList, blockersLine, foldedNotes } from './page-frame.ts';

/** Says what was measured where, the answer with its odds, and what to heed before it is acted on. */
export function resultHeader(result: Result, title: string | null): Markup {
  const emulation = emulationText(result);
  const { blockers, notes } = sortWarnings(result);
  const name = targetName(result);
  const odds = [oddsText(result), monthText(result)].filter((text) => text !== null);
  return element(
    'header',
    {},
    element('h1', {}, title ?? name),
    aboutList([
      ...(title === null ? [] : [{ label: 'function', text: name }]),
      ...aboutFacts(result),
    ]),
    emulation === null ? null : element('p', { class: 'emulated' }, emulation),
    element(
      'div',
      { class: 'hero' },
      element('p', { class: 'sentence' }, result.recommendation.sentence),
      odds.length === 0 ? null : element('p', { class: 'odds' }, `${odds.join('. ')}.`),
    ),
    blockersLine(blockers.map(({ message }) => message)),
    foldedNotes(notes.map(({ message }) => message)),
  );
}
