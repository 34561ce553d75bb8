import { toPeerKeys, peerKeyOf } from '../contract/tune/peer-keys.ts';

/** Keys of the input that are no word of the language: wherever they stand, they mean the key. */
const UNMISTAKABLE =
  /\b(?:apply\.alias|ignoreErrors|memorySizes|coldStarts|pauseMs|preProcessor|postProcessor|measureTimeoutSeconds|maxUsd|payloadS3|allowRepeats|allowSmall|invocationsPerMonth|invocationsPerSecond|coldShare)\b/g;

/** The command's option for each key of the input. */
export const OPTIONS: Readonly<Record<string, string>> = {
  allowRepeats: '--allow-repeats',
  allowSmall: '--allow-small',
  'apply.alias': '--apply-alias',
  coldShare: '--cold-share',
  coldStarts: '--cold-starts',
  concurrency: '--concurrency',
  'goal.kind': '--goal',
  'goal.tolerance': '--tolerance',
  'goal.weight': '--weight',
  history: '--history',
  'history.days': '--history',
  ignoreErrors: '--ignore-error',
  invocations: '--invocations',
  invocationsPerMonth: '--invocations-per-month',
  invocationsPerSecond: '--rate',
  'limits.costUsdPerMillion': '--max-cost',
  'limits.durationMs': '--max-duration',
  maxUsd: '--max-usd',
  measureTimeoutSeconds: '--measure-timeout',
  memorySizes: '--memory',
  onlyColdStarts: '--only-cold-starts',
  pauseMs: '--pause',
  payload: '--payload',
  payloads: '--payload',
  payloadS3: '--payload',
  postProcessor: '--post-processor',
  preProcessor: '--pre-processor',
  seed: '--seed',
  varyPayload: '--vary-payload',
};

/** Tells what is wrong, told to somebody who wrote the input in aws-lambda-power-tuning's words. */
export function sayInPeerWords(text: string): string {
  return eachLine(text, (line) =>
    toPeerKeys(line).replace(UNMISTAKABLE, (key) => peerKeyOf(key) ?? key),
  );
}

/** Tells what is wrong, told to somebody who gave options and wrote no input. */
export function sayInOptions(text: string): string {
  return eachLine(text, (line) =>
    line
      // An option holds the whole list: its places are not counted there.
      .replace(
        /^([a-zA-Z3]+(?:\.[a-zA-Z]+)?)(\[\d+\])?(?=[:. ])/,
        (all, key: string) => OPTIONS[key] ?? all,
      )
      .replace(UNMISTAKABLE, (key) => OPTIONS[key] ?? key)
      // A sentence may name both, for whoever reads it in a result.
      .replace(/(--[a-z-]+)(?:, \1(?![a-z-])| \(\1\))/g, '$1'),
  );
}

function eachLine(text: string, change: (line: string) => string): string {
  return text.split('\n').map(change).join('\n');
}
