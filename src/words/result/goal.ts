import type { GoalKind, Limits } from '../../contract/tune/goal.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import { type Currency, costPerMillionText } from '../format/money.ts';
import { durationText } from '../format/duration.ts';
import { percentText } from '../format/percent.ts';

const GOALS: Readonly<Record<GoalKind, (goal: SettledInput['goal']) => string>> = {
  'best-value': ({ tolerance }) =>
    `best-value: the fastest size that costs at most ${percentText(tolerance)} more than the cheapest`,
  cheapest: () => 'cheapest: the size that costs least',
  fastest: () => 'fastest: the size that takes least time',
  balanced: ({ weight }) =>
    `balanced: cost weighs ${percentText(weight)}, duration ${percentText(1 - weight)}`,
};

function limitTexts(limits: Limits, currency: Currency): string[] {
  const texts = Object.entries(limits.durationMs ?? {})
    .filter((limit): limit is [string, number] => limit[1] !== undefined)
    .map(([statistic, maxMs]) => `${statistic} at most ${durationText(maxMs)}`);
  if (limits.costUsdPerMillion !== undefined) {
    texts.push(
      `at most ${costPerMillionText(limits.costUsdPerMillion)} ${currency} per million invocations`,
    );
  }
  return texts;
}

/** Tells what was asked for: the goal and the limits it had to keep to. */
export function goalText({ goal, limits }: SettledInput, currency: Currency): string {
  const limited = limits === undefined ? [] : limitTexts(limits, currency);
  return [GOALS[goal.kind](goal), ...limited].join('; ');
}
