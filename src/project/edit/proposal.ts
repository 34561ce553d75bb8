import type { ProjectFunction } from '../project-function.ts';
import type { ValuePlace } from './value-place.ts';

export type Field = 'memory' | 'timeout' | 'visibility';

/** What is to become of one function. `null` leaves a field as it is. */
export interface Wanted {
  readonly own: ProjectFunction;
  readonly memoryMb: number | null;
  readonly timeoutSeconds: number | null;
}

/** One value that changes. */
export interface Change {
  readonly resource: string;
  readonly field: Field;
  readonly from: number;
  readonly to: number;
  readonly file: string;
  readonly line: number;
}

/** One value that is to change and does not stand in the template as a number: where people change it. */
export interface ElsewhereChange {
  readonly resource: string;
  readonly field: Field;
  readonly to: number;
  readonly where: string;
}

/** A piece of a file that gives way to another text. */
export interface Edit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface ProposedEdits {
  readonly edits: readonly Edit[];
  readonly changes: readonly Change[];
  readonly elsewhere: readonly ElsewhereChange[];
}

/** Where a setting may stand, the nearest place first, and what it is called there. */
export interface Place {
  readonly file: string;
  readonly place: ValuePlace;
  /** Such as `Resources.Orders.Properties.MemorySize`. */
  readonly name: string;
  /** Whether other functions get their value from it, too. */
  readonly isShared: boolean;
}
