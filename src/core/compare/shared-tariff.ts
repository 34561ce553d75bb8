import type { JudgementReason } from '../../contract/check/judgement-reason.ts';
import type { CheckRule, SideFacts } from '../../contract/check/check.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import { tariffWarnings } from '../cost/tariff.ts';
import type { JudgedRule, Sides } from './judging.ts';
import { leaveOpen } from './leave-open.ts';
import { tariffOfSide } from './side-tariff.ts';

type NotPriced = Extract<JudgementReason, { readonly code: 'provisioned-not-priced' }>;

interface Priced {
  readonly facts: SideFacts;
}

interface Pair<Each> {
  readonly base: Each | null;
  readonly head: Each;
}

/**
 * Returns both sides with what the function keeps ready now, and with its traffic, however much that was when a
 * stored base was measured: a comparison is of the code. Where it cannot be priced on one of them, both cost
 * what they do on demand, and `notPriced` says why.
 */
export function shareTariff<Each extends Priced>({
  base,
  head,
}: Pair<Each>): {
  readonly sides: Pair<Each>;
  readonly notPriced: NotPriced | null;
} {
  const { provisioned: own = base?.facts.provisioned } = head.facts;
  // What may not be read counts as nothing.
  const provisioned = own ?? 0;
  const invocationsPerMonth = head.facts.invocationsPerMonth ?? base?.facts.invocationsPerMonth;
  const traffic = invocationsPerMonth === undefined ? {} : { invocationsPerMonth };
  const sidesWith = (executions: number): Pair<Each> => {
    const facts = { provisioned: executions, ...traffic };
    return {
      base: base === null ? null : { ...base, facts: { ...base.facts, ...facts } },
      head: { ...head, facts: { ...head.facts, ...facts } },
    };
  };
  const sides = sidesWith(provisioned);
  for (const side of [sides.head, sides.base]) {
    const tariff = side === null ? null : tariffOfSide(side.facts);
    if (tariff?.kind !== 'not-priced') continue;
    const { executions, missing } = tariff;
    const notPriced = { code: 'provisioned-not-priced', executions, missing } as const;
    return { sides: sidesWith(0), notPriced };
  }
  return { sides, notPriced: null };
}

/** Tells whether what is kept ready is in the costs that rules judge. */
export function sharedTariffWarnings(
  rules: readonly Pick<CheckRule, 'metric'>[],
  pair: Pair<Priced>,
): readonly WarningFacts[] {
  if (!rules.some(({ metric }) => metric === 'cost')) return [];
  const { sides, notPriced } = shareTariff(pair);
  const { facts } = sides.head;
  return notPriced === null
    ? tariffWarnings(tariffOfSide(facts), facts.invocationsPerMonth)
    : [notPriced];
}

/**
 * Leaves costs open that hold nothing of what is kept ready. Where both sides have the same memory, that is the
 * same for both and can only make a change smaller: a change that is shown to be within its limit stays so (an
 * improvement may be next to none), and one that is not shown yet may be by more measuring.
 */
export function leaveUnpricedOpen(
  judged: readonly JudgedRule[],
  { base, head }: Sides,
  notPriced: NotPriced,
): readonly JudgedRule[] {
  const isAlike =
    base?.facts.key.memoryMb === head.facts.key.memoryMb &&
    base.facts.key.architecture === head.facts.key.architecture &&
    base.facts.ephemeralStorageMb === head.facts.ephemeralStorageMb;
  const isBounded = ({ rule }: JudgedRule): boolean =>
    isAlike && rule.kind === 'regression' && rule.limit >= 0;
  const shown = judged.map((each): JudgedRule => {
    const isLess = each.metric === 'cost' && each.verdict === 'improved' && isBounded(each);
    return isLess ? { ...each, verdict: 'pass' } : each;
  });
  return leaveOpen(shown, notPriced, (each) => {
    const { metric, verdict, reasonFacts } = each;
    if (metric !== 'cost') return false;
    if (verdict === 'inconclusive' && OWN_REASONS.has(reasonFacts?.code ?? '')) return false;
    return !(isBounded(each) && BOUNDED.has(verdict));
  });
}

const BOUNDED: ReadonlySet<string> = new Set(['pass', 'within-noise', 'inconclusive']);
/** What is missing before any price matters. */
const OWN_REASONS: ReadonlySet<string> = new Set([
  'no-baseline',
  'few-samples',
  'few-environments',
  'no-estimate',
]);
