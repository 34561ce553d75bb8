import type { Result } from '../contract/tune/result.ts';
import { curvePanels } from './charts/curve-panels.ts';
import { memoryBars } from './charts/memory-bars.ts';
import { sampleStrip } from './charts/sample-strip.ts';
import { timeoutBars } from './charts/timeout-bars.ts';
import { trafficBars } from './charts/traffic-bars.ts';
import { tradeScatter } from './charts/trade-scatter.ts';
import { type Child, type Markup, element, fragment } from './markup/element.ts';
import { embeddedJson } from './markup/embedded-json.ts';
import { cards } from './page/cards.ts';
import { factsList } from './page/facts-list.ts';
import { figure } from './page/figure.ts';
import { PAGE_STYLE } from './page/page-style.ts';
import { payloadSection } from './page/payload-table.ts';
import { sizeTable } from './page/size-table.ts';
import { emulationText } from '../words/result/emulation.ts';
import { targetFacts, targetName } from '../words/result/target.ts';

/** The page may load nothing and run nothing: it has its own style, and data that no browser executes. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The stylesheet is ours and holds nothing of the result. */
const STYLE: Markup = { markup: `<style>${PAGE_STYLE}</style>` };

function head(result: Result): Markup {
  return element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('title', {}, `${targetName(result)}: memory and timeout`),
    STYLE,
  );
}

function section(title: string, ...children: readonly Child[]): Markup {
  return element('section', {}, element('h2', {}, title), ...children);
}

function figures(result: Result): Markup | null {
  const charts = [
    curvePanels(result, { id: 'curves', width: 480, panelHeight: 190 }),
    sampleStrip(result),
    tradeScatter(result),
    memoryBars(result),
    timeoutBars(result),
    trafficBars(result),
  ].filter((chart) => chart !== null);
  if (charts.length === 0) return null;
  return element('section', { class: 'figures' }, ...charts.map(figure));
}

function notes(result: Result): Markup {
  const emulation = emulationText(result);
  const texts = [
    ...(emulation === null ? [] : [emulation]),
    ...result.warnings.map(({ message }) => message),
  ];
  return fragment(...texts.map((text) => element('p', { class: 'note' }, text)));
}

/**
 * Returns a result as one page: no script, nothing loaded, light and dark, and the whole result as JSON
 * inside (`#result`). It is HTML and well-formed XML at once.
 */
export function resultHtml(result: Result): string {
  const payloads = payloadSection(result);
  const page = element(
    'html',
    { lang: 'en' },
    head(result),
    element(
      'body',
      {},
      element(
        'main',
        {},
        element(
          'header',
          {},
          element('h1', {}, targetName(result)),
          element('p', { class: 'about' }, targetFacts(result).join(' · ')),
          element('p', { class: 'sentence' }, result.recommendation.sentence),
          notes(result),
        ),
        cards(result),
        figures(result),
        section('All sizes', sizeTable(result)),
        payloads === null ? null : section(payloads.title, payloads.table),
        section('About this run', factsList(result)),
        element(
          'footer',
          {},
          'Made by Powerdial. Every interval is 95 %. The result is embedded in this page as JSON.',
        ),
      ),
      embeddedJson('result', result),
    ),
  );
  return `<!DOCTYPE html>\n${page.markup}\n`;
}
