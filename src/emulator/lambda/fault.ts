import type { ServiceName } from '../services/service.ts';
import type { UpdateFailure } from './update-failure.ts';

/** What is known of a request before it is carried out. */
export interface InterceptedRequest {
  readonly service: ServiceName;
  /** The operation's name in the API: `Invoke`, `PublishVersion`. */
  readonly operation: string;
  /** What IAM calls it: `lambda:InvokeFunction`. */
  readonly action: string;
  /** The ARN that a refusal of it names; `*` for actions on no resource of their own. */
  readonly resource: string;
  /** As the path has it: a name or an ARN; `null` where the operation has none. */
  readonly functionName: string | null;
  readonly qualifier: string | null;
  readonly body: Buffer;
  /**
   * Which call to the endpoint this belongs to, from 1. The attempts that an SDK makes for one call
   * share its number, so that a fault of one call does not move the numbers of those after it.
   */
  readonly call: number;
  /** Which call of this operation, from 1. */
  readonly callOfOperation: number;
  /** Which attempt of the call, from 1. */
  readonly attempt: number;
}

/** Whether a fault comes before the request is carried out, and so in its place, or after it. */
export type FaultTime = 'before' | 'after';

/** What happens to a request. */
export type Fault =
  /** An error in the form of the request's service. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** More members of the error's body, where it has any. */
      readonly body?: Readonly<Record<string, unknown>>;
      /** @default 'before': nothing was done */
      readonly when?: FaultTime;
    }
  /** The connection breaks, unanswered. */
  | { readonly kind: 'drop'; readonly when: FaultTime }
  /** The connection stays, and no answer ever comes. */
  | { readonly kind: 'hang'; readonly when: FaultTime }
  /** An update of a function is accepted as ever, and fails when its time is over. */
  | { readonly kind: 'fail-update'; readonly when: 'before'; readonly failure: UpdateFailure }
  /** Something happens elsewhere (a process is killed, an execution stopped); the request goes on. */
  | {
      readonly kind: 'act';
      readonly when: FaultTime;
      readonly act: () => void | Promise<void>;
    };

/** Looks at every request and may put a fault in its way: the seam for tests of bad days. */
export type Intercept = (request: InterceptedRequest) => Fault | undefined;
