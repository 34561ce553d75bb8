import type { Result } from '../contract/tune/result.ts';
import { coldBars } from './charts/cold-bars.ts';
import { costCurve, durationCurve } from './charts/memory-curves.ts';
import { memoryBars } from './charts/memory-bars.ts';
import { sampleStrip } from './charts/sample-strip.ts';
import { timeoutBars } from './charts/timeout-bars.ts';
import { trafficBars } from './charts/traffic-bars.ts';
import { tradeScatter } from './charts/trade-scatter.ts';
import { cards } from './page/cards.ts';
import { factsList } from './page/facts-list.ts';
import { figures } from './page/figure.ts';
import { pageFrame, section } from './page/page-frame.ts';
import { payloadSection } from './page/payload-table.ts';
import { resultHeader } from './page/result-header.ts';
import { snippets } from './page/snippets.ts';
import { sizeTable } from './page/size-table.ts';
import { targetName } from '../words/result/target.ts';

export interface PageOptions {
  /** Heading of the page. @default the function's name */
  readonly title?: string | null;
}

/** Returns a result as one page. */
export function resultHtml(result: Result, { title = null }: PageOptions = {}): string {
  const payloads = payloadSection(result);
  return pageFrame(
    title ?? `${targetName(result)}: memory and timeout`,
    result,
    resultHeader(result, title),
    cards(result),
    figures('first', [durationCurve(result), costCurve(result)]),
    section('All sizes', sizeTable(result)),
    figures('figures', [
      sampleStrip(result),
      tradeScatter(result),
      coldBars(result),
      memoryBars(result),
      timeoutBars(result),
      trafficBars(result),
    ]),
    payloads === null ? null : section(payloads.title, payloads.table),
    section('About this run', factsList(result), snippets(result)),
  );
}
