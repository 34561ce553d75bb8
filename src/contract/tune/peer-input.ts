import { nearest } from '../shared/nearest.ts';

/** The keys of aws-lambda-power-tuning's execution input, version 4.4 (README-EXECUTE.md, 2026-04). */
const PEER_KEYS = [
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
const OWN_KEYS = [
  'maxUsd',
  'measureTimeoutSeconds',
  'limits',
  'timeout',
  'coldShare',
  'invocationsPerMonth',
  'seed',
  'varyPayload',
  'allowRepeats',
] as const;

const KNOWN_KEYS: readonly string[] = [...PEER_KEYS, ...OWN_KEYS];

type PeerInput = Readonly<
  Partial<Record<(typeof PEER_KEYS)[number] | (typeof OWN_KEYS)[number], unknown>>
>;

/** The sizes that the peer measures when its input names none (its deployment parameter PowerValues). */
const DEFAULT_POWER_VALUES = [128, 256, 512, 1024, 1536, 3008];

/** The peer's `"ALL"`: 128 MB to 3,008 MB in steps of 64. */
const ALL_POWER_VALUES = Array.from({ length: 46 }, (_, index) => 128 + 64 * index);

const GOALS: Readonly<Record<string, string>> = {
  cost: 'cheapest',
  speed: 'fastest',
  balanced: 'balanced',
};

/** Whether an input is the peer's: it names its function as the peer does. */
export function isPeerInput(raw: unknown): raw is PeerInput {
  return typeof raw === 'object' && raw !== null && 'lambdaARN' in raw && !('function' in raw);
}

export interface TranslatedPeerInput {
  /** The same wishes in our words, still to be parsed. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
}

/**
 * Puts the peer's input into our words; `docs/migration.md` has the table. What it clamps or ignores in
 * silence is a problem here.
 */
export function translatePeerInput(given: PeerInput): TranslatedPeerInput {
  const peer = withoutEmpty(given);
  const problems = Object.keys(peer)
    .filter((key) => !KNOWN_KEYS.includes(key))
    .map((key) => {
      const meant = nearest(key, KNOWN_KEYS);
      return `${JSON.stringify(key)} is not a known key of aws-lambda-power-tuning's input${meant === null ? '' : `; did you mean ${JSON.stringify(meant)}?`}`;
    });
  const memorySizes = memorySizesOf(peer.powerValues);
  const sizes = Array.isArray(memorySizes) ? memorySizes.length : 1;
  const num = numberOf(peer.num);
  const coldOnly = peer.onlyColdStarts === true;
  const strategy = peer.strategy ?? 'cost';
  const kind = typeof strategy === 'string' ? GOALS[strategy] : undefined;
  if (num === undefined)
    problems.push('num: wanted the number of invocations for each size, it is missing');
  if (kind === undefined) {
    problems.push(
      `strategy: wanted "cost", "speed", "balanced", it is ${JSON.stringify(strategy)}`,
    );
  }
  const trim = numberOf(peer.discardTopBottom ?? 0.2);
  if (typeof trim !== 'number' || !(trim >= 0 && trim <= 0.4)) {
    problems.push(`discardTopBottom: wanted a number from 0 to 0.4, it is ${JSON.stringify(trim)}`);
  }
  const raw = {
    function: peer.lambdaARN,
    memorySizes,
    invocations: num ?? 1,
    ...(coldOnly ? { onlyColdStarts: true, coldStarts: num } : {}),
    ...payloadOf(peer),
    // All sizes at the same time, each one invocation after the other, or all of it at once.
    concurrency: Math.max(
      1,
      Math.min(
        1000,
        peer.parallelInvocation === true ? sizes * (typeof num === 'number' ? num : 1) : sizes,
      ),
    ),
    goal: {
      kind: kind ?? 'cheapest',
      // Nothing else than the balanced strategy looks at it.
      ...(kind === 'balanced' ? inOurs('weight', numberOf(peer.balancedWeight)) : {}),
    },
    ...applyOf(peer),
    ...inOurs('dryRun', peer.dryRun),
    ...inOurs('preProcessor', peer.preProcessorARN),
    ...inOurs('postProcessor', peer.postProcessorARN),
    ...inOurs('pauseMs', numberOf(peer.sleepBetweenRunsMs)),
    ...inOurs('ignoreErrors', emptyIsNothing(peer.allowedExceptions)),
    logPayloads: peer.disablePayloadLogs === false,
    ...Object.fromEntries(
      OWN_KEYS.filter((key) => Object.hasOwn(peer, key)).map((key) => [key, peer[key]]),
    ),
    peer: {
      trim: typeof trim === 'number' ? trim : 0.2,
      stats: peer.includeOutputResults === true,
    },
  };
  return { raw, problems };
}

/** Numbers may be strings, as CloudFormation and shell scripts write them. */
function numberOf(value: unknown): unknown {
  return typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
}

function memorySizesOf(values: unknown): unknown {
  if (values === undefined) return DEFAULT_POWER_VALUES;
  if (values === 'ALL') return ALL_POWER_VALUES;
  const list = typeof values === 'string' ? values.split(',') : values;
  if (Array.isArray(list) && list.length === 0) return DEFAULT_POWER_VALUES;
  // The peer measures a size twice that is named twice; once is enough.
  return Array.isArray(list) ? [...new Set(list.map(numberOf))] : list;
}

function payloadOf(peer: PeerInput): Readonly<Record<string, unknown>> {
  // An object of S3 takes the place of a payload beside it.
  if (peer.payloadS3 !== undefined) return { payloadS3: peer.payloadS3 };
  const payload = peer.payload;
  const items = peerItems(payload);
  if (items !== null) return { payloads: items };
  return { payload: typeof payload === 'string' ? parsedOrText(payload) : (payload ?? null) };
}

/** Each payload of a list is read like a single one: a text that holds JSON is that JSON. */
export function peerItems(payload: unknown): ReturnType<typeof weightedItems> {
  const items = weightedItems(payload);
  if (items === null) return null;
  return items.map(({ payload: own, weight }) => ({
    payload: typeof own === 'string' ? parsedOrText(own) : own,
    weight,
  }));
}

/**
 * Payloads with their weights by the peer's rule: a list of which every item has both, whatever it has
 * besides. `null` for anything else: that is one payload. Weights may be texts, as other numbers may; one
 * that is no number is left as it is, to be refused: such a list is never sent as an event.
 */
export function weightedItems(
  payload: unknown,
): readonly { readonly payload: unknown; readonly weight: unknown }[] | null {
  if (!Array.isArray(payload) || payload.length === 0) return null;
  const items = payload as readonly unknown[];
  return items.every(isWeighted)
    ? items.map((item) => ({ payload: item.payload, weight: numberOf(item.weight) }))
    : null;
}

function isWeighted(
  item: unknown,
): item is { readonly payload: unknown; readonly weight: unknown } {
  if (typeof item !== 'object' || item === null || !('payload' in item)) return false;
  const { weight } = item as { weight?: unknown };
  return typeof weight === 'number' || typeof weight === 'string';
}

/** A text that holds JSON is sent as it is, any other as a JSON string. */
function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function applyOf(peer: PeerInput): Readonly<Record<string, unknown>> {
  if (typeof peer.autoOptimizeAlias === 'string' && peer.autoOptimize === true) {
    return { apply: { alias: peer.autoOptimizeAlias } };
  }
  return peer.autoOptimize === undefined ? {} : { apply: peer.autoOptimize };
}

function inOurs(key: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [key]: value };
}

/** To the peer, nothing and an empty text are the same as no key. A payload may be either. */
function withoutEmpty(peer: PeerInput): PeerInput {
  return Object.fromEntries(
    Object.entries(peer).filter(
      ([key, value]) => key === 'payload' || (value !== null && value !== ''),
    ),
  );
}

function emptyIsNothing(list: unknown): unknown {
  return Array.isArray(list) && list.length === 0 ? undefined : list;
}
