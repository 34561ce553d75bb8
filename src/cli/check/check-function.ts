import { randomBytes } from 'node:crypto';
import type { CheckConfig } from '../../contract/check-config.ts';
import { CHANGE_GRAMMAR, readLimit } from '../../contract/check-limit.ts';
import type { CheckInput } from '../../contract/check-stages.ts';
import type { CheckedFunction, MetricJudgement } from '../../contract/check.ts';
import { failed } from '../../core/compare/judge.ts';
import type { PlayedCheck } from '../../local/play-check.ts';
import { packSides } from '../../stages/check/check-codec.ts';
import type { Terminal } from '../terminal.ts';
import type { CheckOptions } from './check-options.ts';
import { checkProgress } from './check-progress.ts';
import { openAwsSides } from './open-aws-sides.ts';
import { openLocalSides } from './open-local-sides.ts';
import type { OpenedSides } from './opened-sides.ts';
import type { PlannedCheck } from './plan-check.ts';

export interface FunctionCheck {
  readonly plan: PlannedCheck;
  readonly config: CheckConfig;
  readonly options: CheckOptions;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly comparisons: number;
}

/** Checks one function: opens it, plays the workflow, and measures again what is to be confirmed. */
export async function checkFunction(check: FunctionCheck): Promise<PlayedCheck> {
  const { plan, config, options, signal } = check;
  const open = plan.target.kind === 'local' ? openLocalSides : openAwsSides;
  const sides = await open(plan.target, options, config.concurrency, signal);
  try {
    const input = inputOf(check, sides);
    const first = await play(check, sides, input);
    return options.confirm === true ? await confirm(check, sides, input, first) : first;
  } finally {
    await sides.close();
  }
}

function inputOf(
  { plan, config, options, comparisons }: FunctionCheck,
  sides: OpenedSides,
): CheckInput {
  const { stored, target } = plan;
  return {
    name: target.name,
    base: sides.base,
    head: sides.head,
    stored:
      stored === null
        ? null
        : {
            facts: {
              ...stored.facts,
              key: { ...stored.facts.key, layers: [...stored.facts.key.layers] },
            },
            observations: packSides({ base: [], head: stored.observations }),
          },
    payloads: plan.payloads.map(({ payload, weight }) => ({ payload: payload as never, weight })),
    rules: [...plan.rules],
    comparisons: Math.max(1, comparisons),
    falseAlarmRate: config.falseAlarmRate,
    maxInvocations: config.maxInvocations,
    maxUsd: config.maxUsd,
    mostEnvironments: sides.mostEnvironments,
    driftSpread: readLimit(config.baselineDrift, CHANGE_GRAMMAR),
    exhaustive: options.saveBaseline !== undefined && sides.base === null,
    emulation: sides.emulation,
    seed: config.seed ?? randomBytes(4).readUInt32BE(),
  };
}

async function play(
  { plan, options, terminal }: FunctionCheck,
  sides: OpenedSides,
  input: CheckInput,
): Promise<PlayedCheck> {
  return sides.play(input, checkProgress(plan.target.name, options, terminal));
}

/** Measures what failed once more, alone; only what fails again has failed. */
async function confirm(
  check: FunctionCheck,
  sides: OpenedSides,
  input: CheckInput,
  first: PlayedCheck,
): Promise<PlayedCheck> {
  if (first.kind !== 'done') return first;
  const broken = first.result.metrics.filter(
    (each) => failed(each) && each.verdict === 'regressed',
  );
  if (broken.length === 0) return first;
  if (check.options.quiet !== true) {
    check.terminal.stderr.write(
      `${input.name}: ${broken.map(({ metric }) => metric).join(', ')} regressed; measuring again to confirm\n`,
    );
  }
  const second = await play(check, sides, {
    ...input,
    rules: broken.map(({ rule }) => rule),
    seed: (input.seed + 1) >>> 0,
  });
  return second.kind === 'done'
    ? { kind: 'done', result: joined(first.result, second.result) }
    : second;
}

function joined(first: CheckedFunction, second: CheckedFunction): CheckedFunction {
  const metrics = first.metrics.map((before): MetricJudgement => {
    const after = second.metrics.find(
      (each) => each.metric === before.metric && each.rule.kind === before.rule.kind,
    );
    if (after === undefined || before.verdict !== 'regressed') return before;
    if (after.verdict === 'regressed') return after;
    const found = (100 * (before.change?.estimate ?? 0)).toFixed(1);
    return {
      ...after,
      verdict: 'inconclusive',
      reason: `regressed by ${found} % at first, which measuring again did not confirm (${after.verdict})`,
    };
  });
  const { spent } = second;
  return {
    ...second,
    metrics,
    looks: first.looks + second.looks,
    spent: {
      invocations: first.spent.invocations + spent.invocations,
      gbSeconds: first.spent.gbSeconds + spent.gbSeconds,
      usd: first.spent.usd + spent.usd,
    },
  };
}
