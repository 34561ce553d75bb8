import type { FunctionHistory, HistoryAnswer } from '../../contract/history/history.ts';
import { durationText, secondsText } from '../../words/format/duration.ts';
import { memoryText } from '../../words/format/memory.ts';
import { percentText } from '../../words/format/percent.ts';
import { type Markup, element } from '../markup/element.ts';

const WIDTH = 96;
const HEIGHT = 12;
/** Memory that is filled so far is nearly full. */
const NEARLY_FULL = 0.9;

/** How near a function is to a limit of its own. */
interface Risk {
  /** Part of the limit that is taken: above 1 beyond it. */
  readonly part: number;
  /** Where it begins to be a risk. */
  readonly from: number;
  readonly isRisk: boolean;
  readonly text: string;
}

/** Returns how full the memory was, and how much of the timeout the longest took, as two bars with their words. */
export function riskBars({
  history,
}: HistoryAnswer): Readonly<Record<'memory' | 'timeout', Markup>> {
  return {
    memory: bar(history === null ? null : memoryRisk(history)),
    timeout: bar(history === null ? null : timeoutRisk(history)),
  };
}

function memoryRisk({ presentMb, sizes, risks }: FunctionHistory): Risk | null {
  const present = sizes.find(({ memoryMb }) => memoryMb === presentMb);
  const used = present?.maxMemoryUsedMb ?? null;
  if (presentMb === null || used === null) return null;
  return {
    part: used / presentMb,
    from: NEARLY_FULL,
    isRisk: risks.includes('out-of-memory') || risks.includes('memory-nearly-full'),
    text: `${memoryText(used)} of ${memoryText(presentMb)} used (${percentText(used / presentMb)})`,
  };
}

/** By the bound of the tail where it is known, or else by the longest that was seen. */
function timeoutRisk({ presentMb, sizes, timeout, risks }: FunctionHistory): Risk | null {
  const present = sizes.find(({ memoryMb }) => memoryMb === presentMb);
  const seconds = timeout.presentSeconds;
  const longestMs = Math.max(timeout.quantileMs.high ?? 0, present?.durationMs.max ?? 0);
  if (seconds === null || longestMs <= 0) return null;
  return {
    part: longestMs / (seconds * 1000),
    from: 1,
    isRisk: risks.includes('timeouts') || risks.includes('timeout-too-tight'),
    text: `up to ${durationText(longestMs)} of ${secondsText(seconds)}`,
  };
}

function bar(risk: Risk | null): Markup {
  if (risk === null) return element('span', {}, '–');
  const { part, from, isRisk, text } = risk;
  // The limit stands at four fifths of the bar, so that what is beyond it can be seen.
  const at = (share: number): number => Math.min(WIDTH, WIDTH * 0.8 * share);
  const word = isRisk ? `at risk: ${text}` : text;
  return element(
    'svg',
    { width: WIDTH, height: HEIGHT, role: 'img', 'aria-label': word },
    element('title', {}, word),
    element('rect', { class: 'pd-room', width: at(1), height: HEIGHT }),
    element('rect', { class: isRisk ? 'pd-full' : 'pd-used', width: at(part), height: HEIGHT }),
    element('line', { class: 'pd-tick', x1: at(from), x2: at(from), y1: 0, y2: HEIGHT }),
  );
}
