import type { OnCheckProgress } from '../../contract/check/check-deps.ts';
import type { CheckInput } from '../../contract/check/check-stages.ts';
import type { Invoke } from '../../contract/shared/invoke-calls.ts';
import type { Machine } from '../../contract/shared/machine.ts';
import type { PlayedCheck } from '../../play/play-check.ts';

/** One side as the workflow's input names it. */
type NamedSide = CheckInput['head'];

/** What a check opens its sides with. */
export interface SidesTerms {
  readonly mostEnvironments: number;
  readonly stop: AbortSignal;
  /** Sees how invocations end that are made from here. */
  readonly watch: (invoke: Invoke) => Invoke;
  /** What the handler of a side printed. */
  readonly onOutput: (side: string, text: string) => void;
}

/** Both sides within reach of whoever plays the workflow. */
export interface OpenedSides {
  readonly head: NamedSide;
  readonly base: NamedSide | null;
  /** How the CPU share is made; `null` on AWS. */
  readonly emulation: string | null;
  /** Where handlers run on this machine; `null` on AWS. */
  readonly machine: Machine | null;
  readonly mostEnvironments: number;
  readonly play: (input: CheckInput, onCheckProgress: OnCheckProgress) => Promise<PlayedCheck>;
  close(): Promise<void>;
}
