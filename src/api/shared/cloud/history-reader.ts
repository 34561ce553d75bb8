import type { z } from 'zod';
import type { ExecutionEvent } from '../../../contract/shared/execution.ts';
import type { StageEvent } from './stage-event.ts';

/** A stage's function that was under way at the last event that was read. */
export interface StageUnderWay {
  readonly stage: string;
  /** When it is cut off at the latest, in milliseconds since the epoch. */
  readonly untilMs: number;
}

/** The Task states of a workflow and what each returns: `STAGES` or `CHECK_STAGES`. */
export type StageTable = Readonly<Record<string, { readonly returns: z.ZodType }>>;

/** What the state machine gives a task that does not say itself: Lambda's longest timeout. */
const LONGEST_TASK_SECONDS = 900;

const ENDS = new Set([
  'ExecutionSucceeded',
  'ExecutionFailed',
  'ExecutionAborted',
  'ExecutionTimedOut',
]);

/**
 * Reads an execution's history, event by event in its order, into what happens to the stages. The events
 * of a function do not name its state: it is the one that was entered last.
 */
export class HistoryReader {
  readonly #stages: StageTable;
  #state = '';
  #underWay: StageUnderWay | null = null;
  #failure: { readonly error: string; readonly atMs: number } | null = null;
  #ended = false;
  #lastId = 0;

  constructor(stages: StageTable) {
    this.#stages = stages;
  }

  /** The number of the last event that was read; 0 before the first. */
  get lastId(): number {
    return this.#lastId;
  }

  /** Whether the event that ends an execution was read. */
  get ended(): boolean {
    return this.#ended;
  }

  /** `null` while no function is under way. An aborted execution leaves one that was. */
  get underWay(): StageUnderWay | null {
    return this.#underWay;
  }

  read(event: ExecutionEvent): readonly StageEvent[] {
    this.#lastId = event.id;
    if (ENDS.has(event.type)) this.#ended = true;
    if (event.type === 'TaskStateEntered') this.#state = event.stateName ?? '';
    if (event.type === 'TaskStateExited') return this.#exited();
    // A stage is a Lambda function; Step Functions also calls other services itself.
    switch (event.type.replace(/^(?:LambdaFunction|Task)(?!State)/, '')) {
      case 'Scheduled':
        return this.#scheduled(event);
      case 'Started':
        return [{ kind: 'task-started', stateName: this.#state }];
      case 'Succeeded':
        this.#underWay = null;
        return this.#succeeded(event);
      case 'Failed':
      case 'ScheduleFailed':
      case 'StartFailed':
      case 'SubmitFailed':
        this.#underWay = null;
        return this.#failed(event);
      case 'TimedOut':
        // The function may still be at work; whether it is matters only after an abort.
        return this.#failed(event);
      default:
        return [];
    }
  }

  /** A function that is scheduled after it failed is a retry: the history has no event for the wait. */
  #scheduled({ atMs, timeoutSeconds }: ExecutionEvent): readonly StageEvent[] {
    const untilMs = atMs + (timeoutSeconds ?? LONGEST_TASK_SECONDS) * 1000;
    this.#underWay = { stage: this.#state, untilMs };
    const failure = this.#failure;
    this.#failure = null;
    if (failure === null) return [];
    const delayMs = Math.max(0, atMs - failure.atMs);
    return [{ kind: 'retry', stateName: this.#state, error: failure.error, delayMs }];
  }

  #failed({ error, atMs }: ExecutionEvent): readonly StageEvent[] {
    this.#failure = { error: error ?? 'an error', atMs };
    return [];
  }

  /** What another version of the workflow may return in another form is passed over. */
  #succeeded({ output }: ExecutionEvent): readonly StageEvent[] {
    const stage = Object.hasOwn(this.#stages, this.#state) ? this.#stages[this.#state] : undefined;
    if (output === null || stage === undefined) return [];
    const parsed = stage.returns.safeParse(JSON.parse(output));
    return parsed.success
      ? [{ kind: 'task-succeeded', stateName: this.#state, output: parsed.data }]
      : [];
  }

  /** A state that is left after its function failed was left by a catcher. */
  #exited(): readonly StageEvent[] {
    const failure = this.#failure;
    this.#failure = null;
    return failure === null
      ? []
      : [{ kind: 'caught', stateName: this.#state, error: failure.error }];
  }
}
