import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Json } from '../../src/contract/shared/json.ts';
import type { Definition, WorkflowKind } from './definitions.ts';
import type { StageFault } from './stage-host.ts';

/** What Lambda answers in place of running a stage. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** One run that both engines carry out, each on a function of its own. */
export interface Scenario {
  /** @default 'tune' */
  readonly workflow?: WorkflowKind;
  /** A recorded function's sizes. @default three sizes with little noise */
  readonly memory?: Readonly<Record<string, unknown>>;
  /** What production logged at the present size in the 14 days before: the durations of its calls. */
  readonly historyMs?: readonly number[];
  readonly setUp?: (client: LambdaClient, functionName: string) => Promise<unknown>;
  readonly input: (functionName: string) => Json;
  /** Shorter limits, so that they are met within seconds. */
  readonly alter?: (definition: Definition) => void;
  /** By the stage (`Plan`, `CheckPlan`) and which call of it in this run this is, from 1. */
  readonly refused?: (stage: string, nth: number) => Refusal | null;
  readonly died?: (stage: string, nth: number) => StageFault | null;
  readonly slowMs?: (stage: string, nth: number) => number;
  /** StopExecution while this stage is at work for the first time. */
  readonly stopIn?: string;
  /** False: the bucket of results is gone. */
  readonly bucket?: boolean;
  /** Status and error, or how they begin. */
  readonly ends: string;
  /** True where several invocations are under way at once, so that which is cold is nobody's law. */
  readonly anyOrder?: boolean;
  /** True where the run is there to change the target. */
  readonly changes?: boolean;
}

/** What an engine made of it: what is compared. */
export interface Played {
  readonly status: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** In order. */
  readonly entered: readonly string[];
  readonly output: Json | undefined;
  /** What the bucket has got, by its key. */
  readonly stored: Readonly<Record<string, Json>>;
  /** Everything about the target, before the run and when all was over, the rule's clean-up included. */
  readonly before: unknown;
  readonly after: unknown;
  /** What the rule's CleanUp answered, at once and by the queue; `null` for a run that succeeded. */
  readonly ruled: readonly string[] | null;
}
