import type { RunEvent } from '../../../../src/contract/shared/run-event.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:thumbnail';

export const STARTED: RunEvent = { kind: 'run-started', function: 'thumbnail', run: 'run-1' };

export const INSPECTED: RunEvent = {
  kind: 'inspected',
  function: FUNCTION,
  currentMemoryMb: 512,
  currentTimeoutSeconds: 30,
  mostInvocations: 120,
  mostUsd: 0.0034,
  warnings: [],
};

export const WARNED: RunEvent = {
  ...INSPECTED,
  warnings: [{ code: 'trigger', message: 'A queue calls $LATEST: it will notice the change.' }],
};

export const PLANNED: RunEvent = {
  kind: 'round-planned',
  round: 1,
  memorySizes: [512, 1024],
  invocations: 100,
  reason: 'first look',
};

export function stage(name: string): RunEvent {
  return { kind: 'stage-started', stage: name };
}

export function sizeSet(memoryMb: number, done: number): RunEvent {
  return { kind: 'size-set', memoryMb, done, planned: 2 };
}

export function measuring(done: number, round = 1): RunEvent {
  const usd = 0.000_01 * done;
  return {
    kind: 'measuring',
    round,
    memoryMb: done % 2 === 0 ? 512 : 1024,
    done,
    planned: 100,
    usd,
  };
}

export const RETRIED: RunEvent = {
  kind: 'stage-failed',
  stage: 'Measure',
  error: 'Lambda.TooManyRequestsException',
  retryInMs: 2000,
};

/** A whole run without its observations. */
export const BEFORE_MEASURING: readonly RunEvent[] = [
  STARTED,
  stage('Inspect'),
  INSPECTED,
  stage('Plan'),
  PLANNED,
  stage('SetMemory'),
  sizeSet(512, 1),
  sizeSet(1024, 2),
  stage('Restore'),
  { kind: 'restored' },
  stage('Measure'),
];

export const AFTER_MEASURING: readonly RunEvent[] = [
  stage('Recommend'),
  stage('CleanUp'),
  { kind: 'cleaned-up', deletedVersions: 2 },
  { kind: 'applied', memoryMb: 1024, timeoutSeconds: 6 },
  { kind: 'finished' },
];
