import type { Assumption, Source } from './assumption.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import { HELD_IN_MOTO } from './in-moto.ts';
import { usedBy } from './used-by.ts';

/** The table of `docs/assumptions.md`: a part for each call, a row for each thing that is assumed of it. */
export function assumptionTable(): string {
  const calls = [...new Set(ASSUMPTIONS.map(({ call }) => call))].sort();
  return calls.map(partOf).join('\n');
}

function partOf(call: string): string {
  const rows = ASSUMPTIONS.filter((each) => each.call === call).map(
    (each) =>
      `| ${each.assumed} | ${saidIn(each.source)} | ${verifiedBy(each)} | ${provedBy(each)} | ${each.otherwise} |`,
  );
  return [
    `### \`${call}\``,
    '',
    `Made by ${usedBy(call).join(', ')}.`,
    '',
    '| assumed | AWS says | verified here by | in an account | if it is false |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

const SERVICES: Readonly<Record<string, string>> = {
  lambda: 'Lambda',
  sfn: 'Step Functions',
  'cloudwatch-logs': 'CloudWatch Logs',
  s3: 'S3',
  sqs: 'SQS',
};

function saidIn(source: Source): string {
  switch (source.kind) {
    case 'model':
      return `“${source.quote}” (${SERVICES[source.client] ?? source.client} API model, in the SDK)`;
    case 'guide':
      return `“${source.quote}” ([${source.page}](${source.url}), ${source.readOn})`;
    case 'nowhere':
      return `nothing that we found: ${source.searched}`;
  }
}

/** What was tried against something that nobody here wrote; the API model says only what is promised. */
function verifiedBy({ id, source }: Assumption): string {
  if (HELD_IN_MOTO.has(id)) return 'moto';
  switch (source.kind) {
    case 'model':
      return 'the API model';
    case 'guide':
      return 'documentation only';
    case 'nowhere':
      return 'nothing independent';
  }
}

function provedBy({ id, proof }: Assumption): string {
  return typeof proof === 'function' ? `\`${id}\`` : `not by the script: ${proof.cannot}`;
}
