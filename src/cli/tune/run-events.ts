import type { OnProgress } from '../../contract/deps.ts';
import type { RunEvent } from '../../contract/run-event.ts';
import type { StageOutput } from '../../contract/stages.ts';
import type { WorkflowEvent } from '../../local/player/workflow-event.ts';

/** Turns what the player and Measure tell into what the progress display shows. */
export class RunEvents {
  readonly #emit: (event: RunEvent) => void;
  #round = 0;
  #planned = 0;
  #variants = 0;

  constructor(emit: (event: RunEvent) => void) {
    this.#emit = emit;
  }

  readonly onProgress: OnProgress = (progress) => {
    this.#emit({ kind: 'measuring', round: this.#round, ...progress });
  };

  readonly onEvent = (event: WorkflowEvent): void => {
    switch (event.kind) {
      case 'task-started':
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

  /** The output is what the stage itself returned a moment ago. */
  #succeeded(stage: string, output: unknown): void {
    switch (stage) {
      case 'Inspect':
        this.#inspected(output as StageOutput<'Inspect'>);
        break;
      case 'Plan':
        this.#roundPlanned(output as StageOutput<'Plan'>);
        break;
      case 'SetMemory':
        this.#sizeSet(output as StageOutput<'SetMemory'>);
        break;
      case 'Restore':
        this.#emit({ kind: 'restored' });
        break;
      case 'CleanUp':
        this.#emit({
          kind: 'cleaned-up',
          deletedVersions: (output as StageOutput<'CleanUp'>).deletedVersions.length,
        });
        break;
      case 'Apply': {
        const { applied } = output as StageOutput<'Apply'>;
        if (applied !== null) this.#emit({ kind: 'applied', ...applied });
        break;
      }
      default:
    }
  }

  #inspected({ target, preview, warnings }: StageOutput<'Inspect'>): void {
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
    this.#round = round.number;
    this.#planned = publishing.pending.length;
    this.#variants = publishing.variants.length;
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
    if (latest === undefined || variants.length === this.#variants) return;
    this.#variants = variants.length;
    if (latest.outcome === 'refused') {
      const reason = latest.reason ?? 'no reason given';
      this.#emit({ kind: 'size-refused', memoryMb: latest.memoryMb, reason });
      return;
    }
    const done = variants.filter(({ outcome }) => outcome === 'ready').length;
    this.#emit({
      kind: 'size-set',
      memoryMb: latest.memoryMb,
      done,
      planned: Math.max(done, this.#planned),
    });
  }
}
