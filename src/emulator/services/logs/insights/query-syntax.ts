/** A value of a field: text as it was logged, a number that was worked out, or nothing. */
export type Value = string | number | null;

export type Expression =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'product'; readonly by: '*' | '/'; readonly sides: Pair }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly of: readonly Expression[] };

type Pair = readonly [Expression, Expression];

export type Condition =
  | { readonly kind: 'like'; readonly field: string; readonly pattern: RegExp }
  | { readonly kind: 'or'; readonly any: readonly Condition[] };

/** The functions that the interpreter has, and how many arguments each takes. */
export const FUNCTIONS = {
  floor: { least: 1, most: 1 },
  log: { least: 1, most: 1 },
  greatest: { least: 2, most: Infinity },
  ispresent: { least: 1, most: 1 },
} as const;

export type FunctionName = keyof typeof FUNCTIONS;

export const AGGREGATES = ['count', 'sum', 'min', 'max'] as const;

export interface Aggregate {
  readonly name: (typeof AGGREGATES)[number];
  /** `null` for `count(*)`. */
  readonly of: Expression | null;
  /** The column's name: its alias, or the text as it was written. */
  readonly as: string;
}

export type QueryCommand =
  | {
      readonly kind: 'fields';
      readonly columns: readonly { readonly of: Expression; readonly as: string }[];
    }
  | { readonly kind: 'filter'; readonly condition: Condition }
  | {
      readonly kind: 'parse';
      readonly field: string;
      readonly pattern: RegExp;
      readonly names: readonly string[];
    }
  | {
      readonly kind: 'stats';
      readonly aggregates: readonly Aggregate[];
      readonly by: readonly string[];
    }
  | { readonly kind: 'limit'; readonly rows: number }
  | { readonly kind: 'estimate' };

export type CommandKind = QueryCommand['kind'];
