import type { Template } from './template.ts';

/**
 * A definition after `parseDefinition`: every field checked, every default filled in, every expression
 * compiled. The names are those of the Amazon States Language, in camel case.
 */
export interface WorkflowDefinition {
  readonly startAt: string;
  /** For the whole execution; `undefined` means no limit. */
  readonly timeoutSeconds: number | undefined;
  readonly states: ReadonlyMap<string, State>;
}

export type State = TaskState | ChoiceState | PassState | WaitState | SucceedState | FailState;

/** The state types that the player implements; Map and Parallel are refused by the parser. */
export const STATE_TYPES = ['Task', 'Choice', 'Pass', 'Wait', 'Succeed', 'Fail'] as const;

export type StateType = (typeof STATE_TYPES)[number];

/** Variables to set when a state is left, by name, in the order of the definition. */
export type Assignments = readonly (readonly [name: string, value: Template])[];

/** What happens when a state, a choice rule or a catcher is left. */
export interface Exit {
  readonly assign: Assignments;
  /** Without it the state's default output is used: its result, its input or the error output. */
  readonly output: Template | undefined;
  /** The state that follows; `null` ends the execution. */
  readonly next: string | null;
}

export interface TaskState extends Exit {
  readonly type: 'Task';
  /** Exactly as written, placeholders and all. */
  readonly resource: string;
  /** Without it the task gets the state's input. */
  readonly arguments: Template | undefined;
  readonly timeoutSeconds: Template | undefined;
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  /** 0 means that the error is never retried, not even by a later retrier. */
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly jitter: 'FULL' | 'NONE';
}

export interface Catcher extends Exit {
  readonly errorEquals: readonly string[];
  readonly next: string;
}

export interface ChoiceState {
  readonly type: 'Choice';
  readonly choices: readonly ChoiceRule[];
  /** Where to go, and what to assign and put out, when no rule matches. */
  readonly otherwise: Exit | undefined;
}

export interface ChoiceRule extends Exit {
  readonly condition: Template;
  readonly next: string;
}

export interface PassState extends Exit {
  readonly type: 'Pass';
}

export interface WaitState extends Exit {
  readonly type: 'Wait';
  readonly until: { readonly kind: 'seconds' | 'timestamp'; readonly value: Template };
}

export interface SucceedState {
  readonly type: 'Succeed';
  readonly output: Template | undefined;
}

export interface FailState {
  readonly type: 'Fail';
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
}
