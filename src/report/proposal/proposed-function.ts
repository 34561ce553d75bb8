import type { Result } from '../../contract/tune/result.ts';

/** As much of a result as a proposal takes. */
export type ProposedResult = Pick<
  Result,
  | 'emulated'
  | 'verdict'
  | 'recommendation'
  | 'target'
  | 'run'
  | 'current'
  | 'confidence'
  | 'sizes'
  | 'timeout'
>;

/** One function of a proposal. */
export interface ProposedFunction {
  /** As the template names it. */
  readonly resource: string;
  readonly result: ProposedResult;
  /** `null` where its memory stays. */
  readonly memoryMb: number | null;
  /** `null` where its timeout stays. */
  readonly timeoutSeconds: number | null;
}

/** A value that is changed, or has to be changed by hand. */
export interface ProposedValue {
  readonly resource: string;
  readonly field: 'memory' | 'timeout' | 'visibility';
  readonly to: number;
}

export interface Proposal {
  readonly functions: readonly ProposedFunction[];
  readonly changes: readonly (ProposedValue & {
    readonly from: number;
    readonly file: string;
    readonly line: number;
  })[];
  /** What does not stand in the template as a number, and where people change it. */
  readonly elsewhere: readonly (ProposedValue & { readonly where: string })[];
}
