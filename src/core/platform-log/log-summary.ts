import type { Outcome } from '../../contract/shared/observation.ts';
import { QuantileSketch } from '../sketch/quantile-sketch.ts';
import type { LogRecord } from './invocation-ledger.ts';
import { coldOf } from './log-finding.ts';
import { NO_REPLY, outcomeOf } from './outcome-of.ts';

/** What a log says about one memory size. `null`: the log does not say. */
export interface LogSummaryRow {
  readonly memorySizeMb: number | null;
  readonly invocations: number;
  readonly coldStarts: number;
  /**
   * Of invocations that ended well and were not cold starts, or do not say whether they were; within 1 %
   * above 1,000 of them.
   */
  readonly durationMs: {
    readonly p50: number | null;
    readonly p95: number | null;
    readonly p99: number | null;
    readonly max: number | null;
  };
  /** Of cold starts that ended well: the handler's time, and the init or restore before it. */
  readonly coldDurationMs: { readonly p50: number | null; readonly max: number | null };
  readonly initMs: { readonly p50: number | null; readonly max: number | null };
  /** Mean over all invocations that say what was billed, failed ones too. */
  readonly meanBilledMs: number | null;
  /** The most that any invocation used. */
  readonly maxMemoryUsedMb: number | null;
  readonly errors: number;
  readonly timeouts: number;
  readonly outOfMemory: number;
}

/** Sums up the invocations of logs of any size, for each memory size. */
export class LogSummary {
  readonly #groups = new Map<number | null, Group>();
  #invocations = 0;

  get invocations(): number {
    return this.#invocations;
  }

  add(record: LogRecord): void {
    const { report } = record;
    this.#invocations += 1;
    let group = this.#groups.get(report.memorySizeMb);
    if (group === undefined) {
      group = newGroup();
      this.#groups.set(report.memorySizeMb, group);
    }
    const outcome = outcomeOf(record, NO_REPLY);
    group.outcomes[outcome] += 1;
    const cold = coldOf(record) === true;
    if (cold) group.coldStarts += 1;
    if (outcome === 'ok' && report.durationMs !== null) {
      (cold ? group.coldDurationsMs : group.durationsMs).add(report.durationMs);
    }
    const initMs = report.initMs ?? report.restoreMs;
    if (outcome === 'ok' && initMs !== null) group.initsMs.add(initMs);
    if (report.billedMs !== null) {
      group.billed += 1;
      group.billedMs += report.billedMs;
    }
    if (report.maxMemoryUsedMb !== null) {
      group.maxMemoryUsedMb = Math.max(group.maxMemoryUsedMb ?? 0, report.maxMemoryUsedMb);
    }
  }

  /** Ascending by memory size; invocations without one last. */
  rows(): readonly LogSummaryRow[] {
    return [...this.#groups]
      .sort(([a], [b]) => (a ?? Infinity) - (b ?? Infinity))
      .map(([memorySizeMb, group]) => {
        const [p50 = null, p95 = null, p99 = null] = group.durationsMs.quantiles([0.5, 0.95, 0.99]);
        return {
          memorySizeMb,
          invocations: Object.values(group.outcomes).reduce((sum, count) => sum + count, 0),
          coldStarts: group.coldStarts,
          durationMs: { p50, p95, p99, max: group.durationsMs.max },
          coldDurationMs: middleOf(group.coldDurationsMs),
          initMs: middleOf(group.initsMs),
          meanBilledMs: group.billed === 0 ? null : group.billedMs / group.billed,
          maxMemoryUsedMb: group.maxMemoryUsedMb,
          errors: group.outcomes.error,
          timeouts: group.outcomes.timeout,
          outOfMemory: group.outcomes['out-of-memory'],
        };
      });
  }
}

interface Group {
  readonly outcomes: Record<Outcome, number>;
  readonly durationsMs: QuantileSketch;
  readonly coldDurationsMs: QuantileSketch;
  readonly initsMs: QuantileSketch;
  coldStarts: number;
  billed: number;
  billedMs: number;
  maxMemoryUsedMb: number | null;
}

function middleOf(sketch: QuantileSketch): LogSummaryRow['initMs'] {
  const [p50 = null] = sketch.quantiles([0.5]);
  return { p50, max: sketch.max };
}

function newGroup(): Group {
  return {
    outcomes: { ok: 0, error: 0, timeout: 0, 'out-of-memory': 0, lost: 0 },
    durationsMs: new QuantileSketch(),
    coldDurationsMs: new QuantileSketch(),
    initsMs: new QuantileSketch(),
    coldStarts: 0,
    billed: 0,
    billedMs: 0,
    maxMemoryUsedMb: null,
  };
}
