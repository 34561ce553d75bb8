import type { Result } from '../../contract/tune/result.ts';
import type { Clock, FunctionHost } from '../../emulator/index.ts';
import type { WorldDeps } from '../../play/stage-tasks.ts';
import type { AwsConnection } from '../shared/connect-aws.ts';

/** A target within reach: what to call it, and how to talk to whoever runs it. */
export interface OpenedTarget {
  /** As the run's input names it. */
  readonly functionName: string;
  readonly world: Omit<WorldDeps, 'onProgress'>;
  /** What is to be said before it is invoked. */
  readonly notices?: readonly string[];
  /** How AWS is reached; `null` for what runs on this machine. */
  readonly connection: AwsConnection | null;
  /** How the CPU share is made, and on which machine; `null` on AWS, where it is real. */
  readonly emulation: NonNullable<Result['emulation']> | null;
  /** The most of what else is scarce, by size, as far as it was seen by now; absent on AWS. */
  readonly peaks?: NonNullable<FunctionHost['peaks']>;
  /** What a run on this machine takes for the time. @default the real time */
  readonly clock?: Clock;
  /** Ends whatever was started for it; again is no error. */
  close(): Promise<void>;
}
