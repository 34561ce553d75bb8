import { CHANGING_STAGES } from '../../../contract/tune/stages.ts';
import { isAwsError } from '../../../contract/shared/aws-error.ts';
import { findLeftOfRun, type LeftOfRun, type LeftOfRunDeps } from './find-left-of-run.ts';
import type { StageUnderWay } from '../../../api/shared/cloud/history-reader.ts';

export type PutBackConfirmation =
  | { readonly kind: 'confirmed'; readonly inUse: readonly string[] }
  /** `why` is a clause: what was seen, or why nothing could be. */
  | { readonly kind: 'unconfirmed'; readonly why: string };

export interface Confirming {
  readonly deps: LeftOfRunDeps;
  readonly functionName: string;
  readonly run: string;
  /** A function that was under way when the execution ended: it may still change something. */
  readonly underWay: StageUnderWay | null;
  /** @default long enough for the second try of the rule that cleans up */
  readonly limitMs?: number;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** The rule on executions that were stopped tries again two minutes later. */
const LIMIT_MS = 180_000;
const POLL_MS = 2000;

/**
 * Waits until nothing of a run is left on the function: no journal, no version of its own, and no stage
 * under way that could still leave one.
 */
export async function confirmPutBack(confirming: Confirming): Promise<PutBackConfirmation> {
  const { deps, functionName, run, now, sleep, limitMs = LIMIT_MS } = confirming;
  const deadlineMs = now() + limitMs;
  const sureFromMs = changingUntilMs(confirming.underWay);
  let why: string;
  for (;;) {
    try {
      const left = await findLeftOfRun(deps, functionName, run);
      const clean = !left.journal && left.versions.length === 0;
      if (clean && now() >= sureFromMs) return { kind: 'confirmed', inUse: left.inUse };
      why = clean ? 'a stage of the run may still be at work' : leftText(left, run);
    } catch (error) {
      if (!isAwsError(error)) throw error;
      why = `${error.action} on ${error.resource} answered ${error.code}: ${error.message}`;
      if (error.kind === 'denied' || error.kind === 'not-found') break;
    }
    if (now() + POLL_MS > deadlineMs) break;
    await sleep(POLL_MS);
  }
  return { kind: 'unconfirmed', why };
}

function changingUntilMs(underWay: StageUnderWay | null): number {
  return underWay !== null && CHANGING_STAGES.has(underWay.stage) ? underWay.untilMs : 0;
}

function leftText({ journal, versions }: LeftOfRun, run: string): string {
  const parts = [
    ...(journal ? [`$LATEST still carries the journal of run ${run}`] : []),
    ...(versions.length > 0 ? [`version ${versions.join(', ')} of run ${run} is still there`] : []),
  ];
  return parts.join(' and ');
}
