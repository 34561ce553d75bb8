import { memoryText } from '../../words/format/memory.ts';
import { probabilityText } from '../../words/format/percent.ts';
import { secondsText } from '../../words/format/duration.ts';
import { plainText } from '../../words/plain-text.ts';
import { withOrdinarySpaces } from '../../words/spaces.ts';
import type { Proposal, ProposedFunction, ProposedValue } from './proposed-function.ts';

const FIELDS = { memory: 'memory', timeout: 'timeout', visibility: 'visibility timeout' } as const;

/** `memory 512 MB → 1024 MB`. */
export function changeText({
  field,
  to,
  from,
}: ProposedValue & { readonly from: number | null }): string {
  return withOrdinarySpaces(`${FIELDS[field]} ${valueText(field, from)} → ${valueText(field, to)}`);
}

/** What is to be changed by hand, and where: one sentence. */
export function elsewhereText({
  resource,
  field,
  to,
  where,
}: Proposal['elsewhere'][number]): string {
  return withOrdinarySpaces(
    `${resource}: ${FIELDS[field]} is to be ${field === 'visibility' ? 'at least ' : ''}${valueText(field, to)}, and is not changed here: ${plainText(where)}.`,
  );
}

/** What the diff is for, in lines that git and patch pass over. */
export function diffComment({ functions }: Proposal): string {
  return functions.map((each) => `# ${withOrdinarySpaces(headline(each))}\n`).join('');
}

/** One function in one line: what for, how sure, which run. */
export function headline({ resource, result, memoryMb, timeoutSeconds }: ProposedFunction): string {
  const { current, confidence, run, emulated, verdict } = result;
  const parts = [
    ...(memoryMb === null
      ? []
      : [`memory ${memoryText(current.memoryMb)} → ${memoryText(memoryMb)}`]),
    ...(timeoutSeconds === null
      ? []
      : [`timeout ${secondsText(current.timeoutSeconds)} → ${secondsText(timeoutSeconds)}`]),
  ];
  const sure =
    confidence.withinTolerance === null
      ? 'how sure is not known'
      : `${probabilityText(confidence.withinTolerance)} sure`;
  const ofRun =
    run === undefined ? '' : `, run ${plainText(run.id)} of ${run.startedAt.slice(0, 10)}`;
  const how = emulated ? ', EMULATED on a machine and not measured on AWS' : '';
  return `${resource}: ${parts.join(', ')} (verdict ${verdict}, ${sure}${ofRun}${how})`;
}

function valueText(field: ProposedValue['field'], value: number | null): string {
  return field === 'memory' ? memoryText(value) : secondsText(value);
}
