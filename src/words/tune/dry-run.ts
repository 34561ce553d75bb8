import type { DryRun } from '../../contract/tune/dry-run.ts';
import { amountText, currencyOf } from '../format/money.ts';
import { memoryText } from '../format/memory.ts';
import { secondsText } from '../format/duration.ts';
import { countText, listText } from '../list.ts';
import { plainText } from '../plain-text.ts';
import { goalText } from '../result/goal.ts';
import { applyPlanText } from './apply-plan.ts';

/** Tells what a run would do, one labelled paragraph each. */
export function dryRunFacts(plan: DryRun): readonly { label: string; text: string }[] {
  const { input, target, mostInvocations, mostUsd, callers } = plan;
  const currency = currencyOf(target.region);
  const applied = applyPlanText(plan);
  return [
    {
      label: 'now',
      text: `${memoryText(target.memoryMb)} and a timeout of ${secondsText(target.timeoutSeconds)}`,
    },
    { label: 'goal', text: goalText(input, currency) },
    { label: 'first', text: roundText(plan) },
    {
      label: 'at most',
      text: `${countText(mostInvocations, 'real invocation')}, trials among them, for ${amountText(mostUsd, currency)}`,
    },
    {
      label: 'may',
      text: 'AWS says that it may invoke the function; whether it may set, publish and delete cannot be asked without a change',
    },
    ...(callers.length === 0
      ? []
      : [
          {
            label: 'callers',
            text: `${listText(callers.map(plainText))} call $LATEST, and meet the sizes for the seconds in which they are set`,
          },
        ]),
    {
      label: 'then',
      text:
        applied === null
          ? 'changes nothing: versions are published for measuring, and deleted again (--apply sets what is recommended)'
          : `${applied}, where it recommends a change`,
    },
  ];
}

/** Invocations of each size; sizes that have as many are named together. */
function roundText({ round, input }: DryRun): string {
  const byCount = new Map<string, number[]>();
  for (const { memoryMb, warm, cold } of round.sizes) {
    const counts = [
      ...(warm > 0 ? [countText(warm, 'invocation')] : []),
      ...(cold > 0 ? [countText(cold, 'cold start')] : []),
    ];
    const words = listText(counts);
    byCount.set(words, [...(byCount.get(words) ?? []), memoryMb]);
  }
  const groups = [...byCount].map(
    ([words, sizes]) => `${sizes.join(', ')} MB with ${words}${sizes.length > 1 ? ' each' : ''}`,
  );
  const goesOn = input.invocations === 'auto' ? '; what decides is measured further' : '';
  return `${groups.join('; ')}${goesOn}`;
}
