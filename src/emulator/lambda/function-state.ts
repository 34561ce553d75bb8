import { LambdaException, notInState } from './lambda-exception.ts';

/** A state other than Active that a function is found in, in the API's words. */
export interface DefinedState {
  readonly state: 'Pending' | 'Inactive' | 'Failed';
  readonly reason: string;
  /** Such as `Creating`, `Idle`, `InvalidImage`. */
  readonly reasonCode: string;
  /** How long it is Pending, at first or once it was woken. @default 0 when woken, else for good */
  readonly pendingMs?: number;
}

export type CurrentState =
  | { readonly state: 'Active' }
  | {
      readonly state: 'Pending' | 'Inactive' | 'Failed';
      readonly reason: string;
      readonly reasonCode: string;
    };

/**
 * The state of $LATEST. Nothing but the first invocation of an Inactive function changes it by itself:
 * that one fails, and until the function's resources are there again it is Pending.
 */
export class FunctionState {
  readonly #defined: DefinedState | null;
  readonly #packageType: 'Zip' | 'Image';
  readonly #now: () => number;
  /** The time from which its state is Active. */
  #activeAtMs: number;
  #woken = false;

  constructor(defined: DefinedState | undefined, packageType: 'Zip' | 'Image', now: () => number) {
    this.#defined = defined ?? null;
    this.#packageType = packageType;
    this.#now = now;
    this.#activeAtMs =
      defined === undefined
        ? -Infinity
        : defined.state === 'Pending' && defined.pendingMs !== undefined
          ? now() + defined.pendingMs
          : Infinity;
  }

  current(): CurrentState {
    if (this.#defined === null || this.#now() >= this.#activeAtMs) return { state: 'Active' };
    if (this.#woken) {
      return {
        state: 'Pending',
        reason: 'The function is being restored.',
        reasonCode: 'Restoring',
      };
    }
    const { state, reason, reasonCode } = this.#defined;
    return { state, reason, reasonCode };
  }

  /** @throws {LambdaException} 409 while it is Pending: it cannot be changed or published then */
  mustBeChangeable(): void {
    const { state } = this.current();
    if (state === 'Pending') throw notInState(state);
  }

  /** @throws {LambdaException} while it is not Active */
  mustBeInvocable(): void {
    const { state } = this.current();
    if (state === 'Active') return;
    if (state !== 'Inactive') throw notInState(state);
    this.#woken = true;
    this.#activeAtMs = this.#now() + (this.#defined?.pendingMs ?? 0);
    throw wakingUp(this.#packageType);
  }
}

/** Texts by the API model; images answer as recorded in boto/boto3#3788. */
function wakingUp(packageType: 'Zip' | 'Image'): LambdaException {
  return packageType === 'Image'
    ? new LambdaException(
        409,
        'CodeArtifactUserPendingException',
        'Lambda is initializing your function. It will be ready to invoke shortly.',
      )
    : new LambdaException(
        502,
        'ResourceNotReadyException',
        'The function is inactive and its VPC connection is no longer available. Wait for the VPC connection to reestablish and try again.',
      );
}
