import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PEER_KEYS } from '../../src/contract/tune/peer-keys.ts';

const TEXT = readFileSync('docs/migration.md', 'utf8');

/** The parameters of aws-lambda-power-tuning's template.yml, version 4.4.0 (commit 262ecc2, read 2026-11-28). */
const PARAMETERS = [
  'PowerValues',
  'visualizationURL',
  'lambdaResource',
  'totalExecutionTimeout',
  'permissionsBoundary',
  'payloadS3Bucket',
  'payloadS3Key',
  'layerSdkName',
  'logGroupRetentionInDays',
  'securityGroupIds',
  'subnetIds',
  'stateMachineNamePrefix',
];

/** What the first cells of a table name, by the heading of that column. */
function firstCells(heading: string): readonly string[] {
  const rows =
    TEXT.slice(TEXT.indexOf(`| ${heading}`))
      .split('\n\n')[0]
      ?.split('\n') ?? [];
  return rows
    .slice(2)
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)])
    .map(([, name = '']) => name);
}

test('docs/migration.md has a row for every deployment parameter of aws-lambda-power-tuning', () => {
  const told = firstCells('its parameter');
  expect(PARAMETERS.filter((name) => !told.includes(name))).toEqual([]);
});

test('docs/migration.md has a row for every key of aws-lambda-power-tuning’s input', () => {
  const told = firstCells('its key');
  expect(PEER_KEYS.filter((name) => !told.includes(name))).toEqual([]);
});

test('docs/migration.md says that a restore is counted once, where the peer counts it twice', () => {
  expect(TEXT).toMatch(/SnapStart the restore is counted once/);
});
