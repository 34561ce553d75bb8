import type { Machine } from '../../contract/shared/machine.ts';
import type { Result } from '../../contract/tune/result.ts';
import type { ResultRun } from '../../contract/tune/result-run.ts';
import { percentText } from '../format/percent.ts';
import { fixedText } from '../format/rounding.ts';
import { plainText } from '../plain-text.ts';
import type { Fact } from './facts.ts';

/** Enough of a hash to tell two apart by eye. */
const SHORT_HASH = 8;

/**
 * Tells which run a page is of: whoever gets it from somebody else has nothing but this to go by. What is not
 * known is left out.
 */
export function aboutFacts(result: Result): readonly Fact[] {
  const { run, target } = result;
  const all: readonly { readonly label: string; readonly text: string | null }[] = [
    { label: 'measured', text: run === undefined ? null : dateText(run.startedAt) },
    { label: 'code', text: run === undefined ? null : codeText(run) },
    { label: 'runtime', text: joinKnown(target.runtime, target.architecture) },
    { label: 'where', text: placeText(result) },
    { label: 'goal', text: shortGoal(result) },
    { label: 'payload', text: payloadText(result) },
    { label: 'n', text: countText(result) },
    { label: 'tool', text: run === undefined ? null : `Powerdial ${plainText(run.tool)}` },
  ];
  return all.filter((fact): fact is Fact => fact.text !== null && fact.text !== '');
}

function joinKnown(...parts: readonly (string | null)[]): string {
  return parts
    .map((part) => plainText(part ?? ''))
    .filter((part) => part !== '')
    .join(', ');
}

/** To the minute, in UTC: a page travels between time zones. */
function dateText(startedAt: string): string | null {
  const time = Date.parse(startedAt);
  if (Number.isNaN(time)) return null;
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function codeText({ commit, codeSha256 }: ResultRun): string | null {
  if (commit !== null) return `commit ${plainText(commit).slice(0, SHORT_HASH)}`;
  return codeSha256 === null || codeSha256 === ''
    ? null
    : `sha256 ${plainText(codeSha256).slice(0, SHORT_HASH)}`;
}

function placeText({ run, target, emulated, emulation }: Result): string {
  const machine = run?.machine ?? emulation?.machine ?? null;
  if (machine !== null) return machineText(machine);
  if (!emulated) return plainText(target.region);
  return emulation?.cpu === 'recorded' ? 'a recorded function' : 'this machine';
}

/** Returns a machine with as many of its cores as were there to use. */
export function machineText({ processor, cores, cpus }: Machine): string {
  const used = cpus < cores ? `${fixedText(cpus, 1).replace('.0', '')} of ` : '';
  return `${plainText(processor)}, ${used}${fixedText(cores, 0)} core${cores === 1 ? '' : 's'}`;
}

function shortGoal({ input: { goal } }: Result): string {
  const detail = {
    'best-value': `, within ${percentText(goal.tolerance)}`,
    balanced: `, cost weighs ${percentText(goal.weight)}`,
    cheapest: '',
    fastest: '',
  }[goal.kind];
  return `${goal.kind}${detail}`;
}

/** sha256 of `{}`, which is what is sent where no payload is given. */
const EMPTY = '44136fa355b3';

function payloadText({ run, input: { payloads } }: Result): string {
  const names = payloads.map(({ sha256 }, index) => {
    const name = run?.payloads[index] ?? null;
    if (name !== null && payloads.length === run?.payloads.length) return plainText(name);
    const hash = plainText(sha256);
    return hash.startsWith(EMPTY) ? '{}' : `sha256 ${hash.slice(0, SHORT_HASH)}`;
  });
  const [first = ''] = names;
  if (names.length <= 3) return names.join(', ');
  return `${first} and ${names.length - 1} more`;
}

function countText({ spent, sizes }: Result): string {
  const measured = sizes.filter(({ outcome }) => outcome === 'measured').length;
  const invocations = fixedText(spent.invocations, 0);
  return `${invocations} invocation${spent.invocations === 1 ? '' : 's'}, ${measured} size${measured === 1 ? '' : 's'}`;
}
