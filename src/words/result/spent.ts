import type { Result } from '../../contract/tune/result.ts';
import { elapsedText } from '../format/duration.ts';
import { amountText, currencyOf } from '../format/money.ts';
import { fixedText } from '../format/rounding.ts';

/**
 * Tells what the run took: invocations of the target, money, the workflow's own steps, time, and for how long
 * it changed $LATEST.
 */
export function spentText({ spent, emulated, target }: Result): string {
  const currency = currencyOf(target.region);
  const count = (many: number, one: string) =>
    `${fixedText(many, 0)} ${one}${many === 1 ? '' : 's'}`;
  const text = [
    `${count(spent.invocations, 'invocation')} (${amountText(spent.usd, currency)})`,
    `${count(spent.stateTransitions, 'state transition')}${ownFunctions(spent.stages)} (${amountText(spent.workflowUsd, currency)})`,
  ].join(' and ');
  const all = `${text} in ${elapsedText(spent.wallSeconds)}`;
  return emulated
    ? `${all}, at AWS prices: here nothing is billed`
    : `${all}${changedText(spent.latestChangedSeconds ?? null)}`;
}

/**
 * Says for how long $LATEST was changed: callers of $LATEST met other sizes meanwhile. Nobody calls an emulated
 * function.
 */
function changedText(seconds: number | null): string {
  return seconds === null || seconds === 0
    ? ''
    : `; $LATEST was changed for ${elapsedText(seconds)} of it`;
}

function ownFunctions(stages: Result['spent']['stages']): string {
  if (stages === undefined || stages === null) return '';
  return ` with at most ${fixedText(stages.gbSeconds, 1)} GB-s of the workflow’s own functions`;
}
