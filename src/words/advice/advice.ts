import { isKeyOf } from '../../contract/shared/keys-of.ts';
import {
  snippetSchema,
  type Advice,
  type AdviceCode,
  type AdviceFacts,
} from '../../contract/tune/advice.ts';
import type { Result } from '../../contract/tune/result.ts';
import { plainText } from '../plain-text.ts';
import { withOrdinarySpaces } from '../spaces.ts';
import type { AdviceSentences } from './advice-sentences.ts';
import { ALARM_SENTENCES } from './alarm-sentences.ts';
import { alarmSnippet } from './alarm-snippet.ts';
import { CONCURRENCY_SENTENCES } from './concurrency-sentences.ts';
import { RECORD_SENTENCES } from './record-sentences.ts';
import { TRIGGER_SENTENCES } from './trigger-sentences.ts';

const SENTENCES: AdviceSentences = {
  ...TRIGGER_SENTENCES,
  ...CONCURRENCY_SENTENCES,
  ...RECORD_SENTENCES,
  ...ALARM_SENTENCES,
};

/** What each piece of advice is about, in one lower-case word. */
const LABELS: Readonly<Record<AdviceCode, string>> = {
  'queue-visibility': 'queue',
  'queue-dead-letters': 'queue',
  'item-failures': 'batches',
  'stream-window': 'stream',
  'stream-failures': 'stream',
  'api-wait': 'api',
  'reserved-concurrency': 'reserve',
  'provisioned-concurrency': 'provision',
  'record-batches': 'records',
  'batch-rate': 'records',
  'duration-alarm': 'alarm',
  'iterator-age-alarm': 'alarm',
};

/** Puts advice into words, beside its facts; an alarm also into code. */
export function toAdvice(facts: AdviceFacts): Advice {
  const { code, ...rest } = facts;
  // Each sentence reads the facts of its own code, which the table's type holds row by row.
  const sentence = SENTENCES[code] as (facts: AdviceFacts) => string;
  const message = withOrdinarySpaces(sentence(facts));
  return facts.code === 'duration-alarm' || facts.code === 'iterator-age-alarm'
    ? { code, message, ...rest, snippet: { ...alarmSnippet(facts) } }
    : { code, message, ...rest };
}

/** Returns the advice of a result for reports; results of later versions may hold codes that are unknown here. */
export function adviceFacts({
  advice = [],
}: Pick<Result, 'advice'>): readonly { readonly label: string; readonly text: string }[] {
  return advice.map(({ code, message }) => ({
    label: isKeyOf(LABELS, code) ? LABELS[code] : 'advice',
    text: plainText(message),
  }));
}

/** Returns the code that stands beside the advice of a result, with the sentence that it belongs to. */
export function adviceSnippets({ advice = [] }: Pick<Result, 'advice'>): readonly {
  readonly title: string;
  readonly language: string;
  readonly text: string;
}[] {
  return advice.flatMap(({ message, ['snippet']: snippet }) => {
    const read = snippetSchema.safeParse(snippet);
    return read.success ? [{ title: plainText(message), ...read.data }] : [];
  });
}
