import { isShareOfFailures, unitOf, type Metric } from './metric.ts';

/** How a limit is written, for each kind of metric: what the JSON Schema and messages say. */
export interface LimitGrammar {
  readonly pattern: RegExp;
  readonly wanted: string;
}

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;

const DURATION: LimitGrammar = {
  pattern: new RegExp(`^${NUMBER}\\s*(ms|s)$`),
  wanted: 'a duration such as "800 ms" or "1.5 s"',
};
const COST: LimitGrammar = {
  pattern: new RegExp(`^${NUMBER}\\s*USD\\s*/\\s*M$`, 'i'),
  wanted: 'a cost such as "2 USD/M", in USD per million invocations',
};
const MEMORY: LimitGrammar = {
  pattern: new RegExp(`^${NUMBER}\\s*MB$`, 'i'),
  wanted: 'memory such as "300 MB"',
};
const SHARE: LimitGrammar = {
  // Nothing is ever more than whole: a limit above that would never hold, or never fail.
  pattern: /^(\d{1,2}(?:\.\d+)?|100(?:\.0+)?)\s*%$/,
  wanted: 'a share such as "20%", at most 100%',
};

/** How a change is written: what may be added, relative to the base. */
export const CHANGE_GRAMMAR: LimitGrammar = {
  pattern: new RegExp(`^\\+?${NUMBER}\\s*%$`),
  wanted: 'a change such as "+5%"',
};

/** How a change of a share is written: what may be added to it, as a share of all invocations. */
export const RISE_GRAMMAR: LimitGrammar = {
  pattern: /^\+?(\d{1,2}(?:\.\d+)?|100(?:\.0+)?)\s*points?$/,
  wanted: 'a rise in percentage points such as "+1 point", at most 100 points',
};

/** Tells how a change of a metric is written. */
export function changeGrammar(metric: Metric): LimitGrammar {
  return isShareOfFailures(metric) ? RISE_GRAMMAR : CHANGE_GRAMMAR;
}

/** Tells how a budget of a metric is written. */
export function limitGrammar(metric: Metric): LimitGrammar {
  return { ms: DURATION, usdPerMillion: COST, mb: MEMORY, share: SHARE }[unitOf(metric)];
}

/**
 * Returns a limit in the metric's unit: ms, USD per million, MB, or a share. The text must fit its grammar.
 */
export function readLimit(text: string, { pattern }: LimitGrammar): number {
  const match = pattern.exec(text.trim());
  if (match === null) throw new Error(`A limit that was checked before does not fit: ${text}`);
  const value = Number(match[1]);
  if (/(?:%|points?)$/.test(text.trim())) return value / 100;
  return match[2] === 's' ? value * 1000 : value;
}
