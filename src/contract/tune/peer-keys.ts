/** The keys of aws-lambda-power-tuning's execution input, version 4.4 (README-EXECUTE.md, 2026-04). */
export const PEER_KEYS = [
  'lambdaARN',
  'num',
  'powerValues',
  'payload',
  'payloadS3',
  'parallelInvocation',
  'strategy',
  'balancedWeight',
  'autoOptimize',
  'autoOptimizeAlias',
  'dryRun',
  'preProcessorARN',
  'postProcessorARN',
  'discardTopBottom',
  'sleepBetweenRunsMs',
  'disablePayloadLogs',
  'includeOutputResults',
  'onlyColdStarts',
  'allowedExceptions',
] as const;

/** Our keys for what the peer does not have: they may stand beside its own. */
export const OWN_KEYS = [
  'maxUsd',
  'measureTimeoutSeconds',
  'limits',
  'timeout',
  'coldShare',
  'invocationsPerMonth',
  'seed',
  'varyPayload',
  'allowRepeats',
  'allowSmall',
] as const;

export type PeerInput = Readonly<
  Partial<Record<(typeof PEER_KEYS)[number] | (typeof OWN_KEYS)[number], unknown>>
>;

/** Our keys, each with the one of the peer that says the same. */
const COUNTERPARTS: readonly (readonly [ours: string, peers: string])[] = [
  ['apply.alias', 'autoOptimizeAlias'],
  ['apply', 'autoOptimize'],
  ['coldStarts', 'num'],
  ['function', 'lambdaARN'],
  ['goal.kind', 'strategy'],
  ['goal.weight', 'balancedWeight'],
  ['goal', 'strategy'],
  ['ignoreErrors', 'allowedExceptions'],
  ['invocations', 'num'],
  ['logPayloads', 'disablePayloadLogs'],
  ['memorySizes', 'powerValues'],
  ['pauseMs', 'sleepBetweenRunsMs'],
  ['payloads', 'payload'],
  ['postProcessor', 'postProcessorARN'],
  ['preProcessor', 'preProcessorARN'],
  ['concurrency', 'parallelInvocation'],
];

/** Returns the peer's key for one of ours; `null` where it has none. */
export function peerKeyOf(ours: string): string | null {
  return COUNTERPARTS.find(([key]) => key === ours)?.[1] ?? null;
}

/**
 * Returns a problem in the peer's words: it begins with the key that is to be changed, which is put as the
 * user wrote it. `payloads[1].weight` becomes `payload[1].weight`.
 */
export function toPeerKeys(problem: string): string {
  const found = COUNTERPARTS.find(
    ([ours]) => problem.startsWith(ours) && /^(?:[:[.]| and )/.test(problem.slice(ours.length)),
  );
  return found === undefined ? problem : found[1] + problem.slice(found[0].length);
}
