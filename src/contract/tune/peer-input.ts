import { tableOf } from '../shared/keys-of.ts';
import { nearest } from '../shared/nearest.ts';
import type { WarningFacts } from '../shared/warnings/warning.ts';
import { inputSchema } from './input.ts';
import { OWN_KEYS, PEER_KEYS, peerKeyOf, type PeerInput } from './peer-keys.ts';
import { payloadOf } from './peer-payload.ts';
import { numberOf, switchOf, wholeNumberOf } from './peer-values.ts';

const KNOWN_KEYS: readonly string[] = [...PEER_KEYS, ...OWN_KEYS];

/** The sizes that the peer measures when its input names none (its deployment parameter PowerValues). */
const DEFAULT_POWER_VALUES = [128, 256, 512, 1024, 1536, 3008];

/** The peer's `"ALL"`: 128 MB to 3,008 MB in steps of 64. */
const ALL_POWER_VALUES = Array.from({ length: 46 }, (_, index) => 128 + 64 * index);

const GOALS: Readonly<Record<string, string>> = {
  cost: 'cheapest',
  speed: 'fastest',
  balanced: 'balanced',
};

const SWITCHES = [
  'parallelInvocation',
  'autoOptimize',
  'dryRun',
  'disablePayloadLogs',
  'includeOutputResults',
  'onlyColdStarts',
] as const;

/** Tells whether an input is the peer's: it names its function as the peer does. */
export function isPeerInput(raw: unknown): raw is PeerInput {
  return typeof raw === 'object' && raw !== null && 'lambdaARN' in raw && !('function' in raw);
}

export interface TranslatedPeerInput {
  /** The same wishes in our words, still to be parsed. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
  readonly warnings: readonly WarningFacts[];
}

/** What is found on the way, in the order of the steps. */
interface Findings {
  readonly problems: string[];
  readonly warnings: WarningFacts[];
}

/**
 * Puts the peer's input into our words; `docs/migration.md` has the table. What it takes in silence and
 * would not be what was meant is a problem here, or a warning.
 */
export function translatePeerInput(given: PeerInput): TranslatedPeerInput {
  const peer = withoutEmpty(given);
  const found: Findings = { problems: [], warnings: [] };
  judgeKeys(peer, found);
  const on = switchesOf(peer, found);
  const memorySizes = memorySizesOf(peer.powerValues);
  const num = numOf(peer, found);
  const kind = goalKindOf(peer, found);
  const trim = trimOf(peer, found);
  const raw = {
    function: peer.lambdaARN,
    memorySizes,
    invocations: num ?? 1,
    ...(on.onlyColdStarts ? { onlyColdStarts: true, coldStarts: num } : {}),
    ...payloadOf(peer),
    concurrency: concurrencyOf(memorySizes, num, on.parallelInvocation),
    goal: goalOf(kind, peer, found),
    ...applyOf(peer, on.autoOptimize),
    dryRun: on.dryRun,
    ...translateKey('preProcessor', peer.preProcessorARN),
    ...translateKey('postProcessor', peer.postProcessorARN),
    ...pauseOf(peer, on.parallelInvocation),
    ...translateKey('ignoreErrors', errorsOf(peer.allowedExceptions)),
    logPayloads: peer.disablePayloadLogs !== undefined && !on.disablePayloadLogs,
    ...ownOf(peer),
    peer: { trim, stats: on.includeOutputResults, inSeries: !on.parallelInvocation },
  };
  return { raw, ...found };
}

function judgeKeys(peer: PeerInput, { problems, warnings }: Findings): void {
  for (const key of Object.keys(peer)) {
    if (KNOWN_KEYS.includes(key)) continue;
    if (key in inputSchema.shape) problems.push(oursBesideIts(key));
    else warnings.push({ code: 'unknown-input-key', key, meant: nearest(key, KNOWN_KEYS) });
  }
}

function switchesOf(
  peer: PeerInput,
  { problems }: Findings,
): Readonly<Record<(typeof SWITCHES)[number], boolean>> {
  return tableOf(SWITCHES, (key) => {
    const is = switchOf(peer[key]);
    if (typeof is !== 'boolean') {
      problems.push(`${key}: wanted true or false, it is ${JSON.stringify(peer[key])}`);
    }
    return is === true;
  });
}

function numOf(peer: PeerInput, { problems }: Findings): unknown {
  const num = wholeNumberOf(peer.num);
  if (num === undefined) {
    problems.push('num: wanted the number of invocations for each size, it is missing');
  }
  return num;
}

function goalKindOf(peer: PeerInput, { problems }: Findings): string | undefined {
  const strategy = peer.strategy ?? 'cost';
  const kind = typeof strategy === 'string' ? GOALS[strategy] : undefined;
  if (kind === undefined) {
    problems.push(
      `strategy: wanted "cost", "speed", "balanced", it is ${JSON.stringify(strategy)}`,
    );
  }
  return kind;
}

function trimOf(peer: PeerInput, found: Findings): number {
  const trim = clamp('discardTopBottom', 0.4, peer, found) ?? 0.2;
  if (typeof trim === 'number') return trim;
  found.problems.push(
    `discardTopBottom: wanted a number from 0 to 0.4, it is ${JSON.stringify(trim)}`,
  );
  return 0.2;
}

/** The number within 0 and `most`; what is no number is left as it is, to be refused. */
function clamp(
  key: 'balancedWeight' | 'discardTopBottom',
  most: number,
  peer: PeerInput,
  { warnings }: Findings,
): unknown {
  const value = numberOf(peer[key]);
  if (typeof value !== 'number') return value;
  const taken = Math.min(most, Math.max(0, value));
  if (taken !== value) warnings.push({ code: 'value-clamped', key, given: value, taken });
  return taken;
}

function goalOf(
  kind: string | undefined,
  peer: PeerInput,
  found: Findings,
): Readonly<Record<string, unknown>> {
  return {
    kind: kind ?? 'cheapest',
    // The peer's fastest size is the one with the shortest mean, by however little.
    ...(kind === 'fastest' ? { tie: 0 } : {}),
    // Only the balanced strategy reads the weight.
    ...(kind === 'balanced' ? translateKey('weight', clamp('balancedWeight', 1, peer, found)) : {}),
  };
}

/** All sizes at the same time, each one invocation after the other, or all of it at once. */
function concurrencyOf(memorySizes: unknown, num: unknown, parallel: boolean): number {
  const sizes = Array.isArray(memorySizes) ? memorySizes.length : 1;
  const wanted = parallel ? sizes * (typeof num === 'number' ? num : 1) : sizes;
  return Math.max(1, Math.min(1000, wanted));
}

function oursBesideIts(key: string): string {
  const theirs = peerKeyOf(key);
  return `${JSON.stringify(key)} is not a known key of aws-lambda-power-tuning's input${theirs === null ? '' : `: there it is ${JSON.stringify(theirs)}`}`;
}

function memorySizesOf(values: unknown): unknown {
  if (values === undefined) return DEFAULT_POWER_VALUES;
  if (values === 'ALL') return ALL_POWER_VALUES;
  const list = typeof values === 'string' ? values.split(',') : values;
  if (Array.isArray(list) && list.length === 0) return DEFAULT_POWER_VALUES;
  // The peer measures a size twice that is named twice; once is enough.
  return Array.isArray(list) ? [...new Set(list.map(numberOf))] : list;
}

function applyOf(peer: PeerInput, autoOptimize: boolean): Readonly<Record<string, unknown>> {
  if (!autoOptimize) return { apply: false };
  return { apply: peer.autoOptimizeAlias === undefined || { alias: peer.autoOptimizeAlias } };
}

/** The peer pauses between invocations of a series only, and takes what is below 0 for none. */
function pauseOf(peer: PeerInput, parallel: boolean): Readonly<Record<string, unknown>> {
  const pauseMs = wholeNumberOf(peer.sleepBetweenRunsMs);
  if (typeof pauseMs !== 'number') return translateKey('pauseMs', pauseMs);
  return parallel ? {} : { pauseMs: Math.max(0, pauseMs) };
}

/** A single one may be a text of its own. */
function errorsOf(types: unknown): unknown {
  if (typeof types === 'string') return [types];
  return Array.isArray(types) && types.length === 0 ? undefined : types;
}

function ownOf(peer: PeerInput): Readonly<Record<string, unknown>> {
  const own = OWN_KEYS.filter((key) => Object.hasOwn(peer, key));
  return Object.fromEntries(own.map((key) => [key, ownValue(key, peer[key])]));
}

function ownValue(key: (typeof OWN_KEYS)[number], value: unknown): unknown {
  switch (key) {
    case 'varyPayload':
    case 'allowRepeats':
    case 'allowSmall':
      return switchOf(value);
    default:
      return numberOf(value);
  }
}

function translateKey(key: string, value: unknown): Readonly<Record<string, unknown>> {
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
