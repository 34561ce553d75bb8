import type { RunEvent } from '../../../contract/shared/run-event.ts';
import { type Currency, currencyOf } from '../../../words/format/money.ts';

type Of<Kind extends RunEvent['kind']> = Extract<RunEvent, { kind: Kind }>;

/** Where a run stands: all that the live display needs to be drawn again at any moment. */
export interface ProgressState {
  readonly function: string | null;
  readonly currency: Currency;
  /** The most that the run may cost; `null` until Inspect is through. */
  readonly usdAtMost: number | null;
  readonly stage: string | null;
  readonly setting: Of<'size-set'> | null;
  readonly measuring: Of<'measuring'> | null;
  readonly interrupted: boolean;
}

export const INITIAL_STATE: ProgressState = {
  function: null,
  currency: 'USD',
  usdAtMost: null,
  stage: null,
  setting: null,
  measuring: null,
  interrupted: false,
};

/** Returns the region in an ARN; empty where there is none. */
function regionOf(functionArn: string): string {
  return functionArn.split(':')[3] ?? '';
}

/** Returns the state after an event. */
export function progressState(state: ProgressState, event: RunEvent): ProgressState {
  switch (event.kind) {
    case 'run-started':
      return { ...state, function: event.function };
    case 'inspected':
      return {
        ...state,
        usdAtMost: event.mostUsd,
        currency: currencyOf(regionOf(event.function)),
      };
    case 'round-planned':
      return { ...state, setting: null, measuring: null };
    case 'stage-started':
      return { ...state, stage: event.stage };
    case 'size-set':
      return { ...state, setting: event };
    case 'measuring':
      return { ...state, measuring: event, stage: 'Measure' };
    case 'interrupted':
      return { ...state, interrupted: true };
    case 'output':
    case 'size-refused':
    case 'restored':
    case 'versions-pending':
    case 'stage-failed':
    case 'cleaned-up':
    case 'applied':
    case 'warning':
    case 'finished':
      return state;
  }
}
