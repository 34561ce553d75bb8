import { evaluate, isTrue, numberOf, type Event } from './evaluate.ts';
import type { Aggregate, QueryCommand, Value } from './query-syntax.ts';

export type Row = readonly { readonly field: string; readonly value: string }[];

type Stats = Extract<QueryCommand, { readonly kind: 'stats' }>;

/** "If you don't specify a limit, the default is 10,000" (StartQuery, API reference, 2026-11). */
const DEFAULT_LIMIT = 10_000;

interface Group {
  readonly by: readonly Value[];
  readonly totals: (number | null)[];
}

/** One query over events that are handed to it one after the other. */
export class QueryRun {
  readonly #before: readonly QueryCommand[];
  readonly #stats: Stats | null;
  readonly #limit: number;
  readonly #shown: readonly string[];
  readonly #groups = new Map<string, Group>();
  readonly #rows: Row[] = [];
  matched = 0;

  constructor(commands: readonly QueryCommand[], limit: number | null) {
    const at = commands.findIndex(({ kind }) => kind === 'stats');
    const stats = commands[at];
    this.#stats = stats?.kind === 'stats' ? stats : null;
    this.#before = at < 0 ? commands : commands.slice(0, at);
    // The limit of the query's text counts before the one of the call.
    const own = commands.findLast((each) => each.kind === 'limit');
    this.#limit = (own?.kind === 'limit' ? own.rows : null) ?? limit ?? DEFAULT_LIMIT;
    const shown = commands.flatMap((each) =>
      each.kind === 'fields' ? each.columns.map(({ as }) => as) : [],
    );
    this.#shown = shown.length === 0 ? ['@timestamp', '@message'] : shown;
  }

  add(event: Event): void {
    for (const command of this.#before) {
      if (command.kind === 'filter' && !isTrue(command.condition, event)) return;
      if (command.kind === 'parse') parse(command, event);
      if (command.kind === 'fields') {
        for (const { of, as } of command.columns) event.set(as, evaluate(of, event));
      }
    }
    this.matched += 1;
    if (this.#stats !== null) this.#count(this.#stats, event);
    else if (this.#rows.length < this.#limit) this.#rows.push(rowOf(this.#shown, event));
  }

  rows(): readonly Row[] {
    const stats = this.#stats;
    if (stats === null) return this.#rows;
    return [...this.#groups.values()].slice(0, this.#limit).map(({ by, totals }) => [
      ...cells(stats.by, by),
      ...cells(
        stats.aggregates.map(({ as }) => as),
        totals,
      ),
    ]);
  }

  #count({ aggregates, by }: Stats, event: Event): void {
    const values = by.map((name) => event.get(name) ?? null);
    const key = values.join('\u0000');
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { by: values, totals: aggregates.map(({ name }) => (name === 'count' ? 0 : null)) };
      this.#groups.set(key, group);
    }
    for (const [index, aggregate] of aggregates.entries()) {
      group.totals[index] = grow(aggregate, group.totals[index] ?? null, event);
    }
  }
}

function parse(
  { field, pattern, names }: Extract<QueryCommand, { readonly kind: 'parse' }>,
  event: Event,
): void {
  const value = event.get(field) ?? null;
  const groups = value === null ? undefined : pattern.exec(String(value))?.groups;
  for (const name of names) event.set(name, groups?.[name] ?? null);
}

function grow({ name, of }: Aggregate, total: number | null, event: Event): number | null {
  if (of === null) return (total ?? 0) + 1;
  const value = evaluate(of, event);
  if (name === 'count') return (total ?? 0) + (value === null ? 0 : 1);
  const number = numberOf(value);
  if (number === null) return total;
  if (total === null) return number;
  if (name === 'sum') return total + number;
  return name === 'min' ? Math.min(total, number) : Math.max(total, number);
}

function rowOf(names: readonly string[], event: Event): Row {
  return cells(
    names,
    names.map((name) => event.get(name) ?? null),
  );
}

/** A row has no cell where there is nothing, as on AWS. Times are printed as the console shows them. */
function cells(names: readonly string[], values: readonly Value[]): Row {
  return names.flatMap((field, index) => {
    const value = values[index] ?? null;
    if (value === null) return [];
    const isTime = field === '@timestamp' && typeof value === 'number';
    const text = isTime ? new Date(value).toISOString().replace('T', ' ').slice(0, -1) : value;
    return [{ field, value: String(text) }];
  });
}
