import type { OnProgress } from '../../contract/shared/deps.ts';
import { isKeyOf } from '../../contract/shared/keys-of.ts';
import type { RunEvent } from '../../contract/shared/run-event.ts';
import type { StageName, StageOutput } from '../../contract/tune/stages.ts';
import type { Round } from '../../contract/tune/state.ts';
import type { WorkflowEvent } from '../../emulator/index.ts';
import { measuredProgress } from './measured-progress.ts';
import type { StageEvent } from '../shared/cloud/stage-event.ts';

/**
 * Turns what happens to the stages into what the progress display shows: the player and Measure tell it
 * here, the history of an execution tells it in the cloud.
 */
export class RunEvents {
  readonly #emit: (event: RunEvent) => void;
  #inspection: StageOutput<'Inspect'> | null = null;
  #round: Round | null = null;
  #planned = 0;
  #variants: StageOutput<'SetMemory'>['variants'] = [];
  /** The last update of $LATEST that a Restore is known to have undone. */
  #restoredSerial = 0;

  /** Whether this call of Measure told of its invocations one by one. */
  #toldSingly = false;

  constructor(emit: (event: RunEvent) => void) {
    this.#emit = emit;
  }

  readonly onProgress: OnProgress = ({ observation: _, ...progress }) => {
    this.#toldSingly = true;
    this.#emit({ kind: 'measuring', round: this.#round?.number ?? 0, ...progress });
  };

  readonly onEvent = (event: StageEvent | WorkflowEvent): void => {
    switch (event.kind) {
      case 'task-started':
        this.#toldSingly = false;
        this.#emit({ kind: 'stage-started', stage: event.stateName });
        break;
      case 'task-succeeded':
        this.#succeeded(event.stateName, event.output);
        break;
      case 'retry':
        this.#emit({
          kind: 'stage-failed',
          stage: event.stateName,
          error: event.error ?? 'an error',
          retryInMs: event.delayMs,
        });
        break;
      case 'caught':
        this.#emit({
          kind: 'stage-failed',
          stage: event.stateName,
          error: event.error ?? 'an error',
          retryInMs: null,
        });
        break;
      default:
    }
  };

  /** Shows what a stage has returned; stages without an entry show nothing. */
  readonly #onReturn: { readonly [Name in StageName]?: (output: StageOutput<Name>) => void } = {
    Inspect: (output) => this.#inspected(output),
    Plan: (output) => this.#roundPlanned(output),
    SetMemory: (output) => this.#sizeSet(output),
    Restore: (output) => this.#restored(output),
    Measure: (output) => this.#measured(output),
    CleanUp: (output) => this.#cleanedUp(output),
    Apply: ({ applied }) => {
      if (applied !== null) this.#emit({ kind: 'applied', ...applied });
    },
  };

  /** The output is what the stage itself returned a moment ago. */
  #succeeded(stage: string, output: unknown): void {
    if (!isKeyOf(this.#onReturn, stage)) return;
    const onReturn = this.#onReturn[stage] as ((output: unknown) => void) | undefined;
    onReturn?.(output);
  }

  #inspected(inspection: StageOutput<'Inspect'>): void {
    this.#inspection = inspection;
    const { target, preview, warnings } = inspection;
    this.#emit({
      kind: 'inspected',
      function: target.functionArn,
      currentMemoryMb: target.memoryMb,
      currentTimeoutSeconds: target.timeoutSeconds,
      mostInvocations: preview.mostInvocations,
      mostUsd: preview.mostUsd,
      warnings,
    });
  }

  #roundPlanned({ round, reason, publishing }: StageOutput<'Plan'>): void {
    if (round === null) return;
    this.#round = round;
    this.#planned = publishing.pending.length;
    this.#variants = publishing.variants;
    this.#emit({
      kind: 'round-planned',
      round: round.number,
      memorySizes: round.sizes.map(({ memoryMb }) => memoryMb),
      invocations: round.sizes.reduce((sum, { warm, cold }) => sum + warm + cold, 0),
      reason,
    });
  }

  #sizeSet({ variants }: StageOutput<'SetMemory'>): void {
    const latest = variants.at(-1);
    // A call that only waited has nothing to tell.
    if (latest === undefined || variants.length === this.#variants.length) return;
    this.#variants = variants;
    if (latest.outcome === 'refused') {
      const reason = latest.reason ?? 'no reason given';
      this.#emit({ kind: 'size-refused', memoryMb: latest.memoryMb, reason });
      return;
    }
    const done = variants.filter(({ outcome }) => outcome !== 'refused').length;
    this.#emit({
      kind: 'size-set',
      memoryMb: latest.memoryMb,
      done,
      planned: Math.max(done, this.#planned),
    });
  }

  /** Versions that were pending may have failed since; while the workflow waits, Restore is called again. */
  #restored({ publishing }: StageOutput<'Restore'>): void {
    const { variants, restoredSerial, waitSeconds } = publishing;
    if (restoredSerial !== this.#restoredSerial) this.#emit({ kind: 'restored' });
    this.#restoredSerial = restoredSerial;
    variants.forEach(({ memoryMb, outcome, reason }, index) => {
      if (outcome !== 'refused' || this.#variants[index]?.outcome === 'refused') return;
      this.#emit({ kind: 'size-refused', memoryMb, reason: reason ?? 'no reason given' });
    });
    this.#variants = variants;
    const versions = variants.filter(({ outcome }) => outcome === 'pending').length;
    if (waitSeconds > 0 && versions > 0) {
      this.#emit({ kind: 'versions-pending', versions, to: 'measure', waitSeconds });
    }
  }

  #cleanedUp({ deletedVersions, leaving }: StageOutput<'CleanUp'>): void {
    if (!leaving) {
      this.#emit({ kind: 'cleaned-up', deletedVersions: deletedVersions.length });
      return;
    }
    const { versions, waitSeconds } = leaving;
    this.#emit({
      kind: 'versions-pending',
      versions: versions.length,
      to: 'delete',
      waitSeconds,
    });
  }

  #measured(output: StageOutput<'Measure'>): void {
    if (this.#toldSingly || this.#inspection === null || this.#round === null) return;
    const refused = new Set(
      this.#variants.filter(({ outcome }) => outcome === 'refused').map(({ memoryMb }) => memoryMb),
    );
    const planned = this.#round.sizes
      .filter(({ memoryMb }) => !refused.has(memoryMb))
      .reduce((sum, { warm, cold }) => sum + warm + cold, 0);
    this.#emit(measuredProgress(this.#inspection, this.#round, planned, output));
  }
}
