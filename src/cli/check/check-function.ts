import { randomBytes } from 'node:crypto';
import type { CheckConfig } from '../../contract/check/check-config.ts';
import { CHANGE_GRAMMAR, readLimit } from '../../contract/check/check-limit.ts';
import type { CheckInput } from '../../contract/check/check-stages.ts';
import { judgedUnderLoad } from '../../words/check/judged-under-load.ts';
import { loadBetween } from '../../core/compare/machine-load.ts';
import { applicationLines } from '../../core/platform-log/application-lines.ts';
import { printableText } from '../../words/plain-text.ts';
import type { PlayedCheck } from '../../play/play-check.ts';
import { packSides } from '../../stages/check/check-codec.ts';
import { SeenFailures } from '../../api/shared/handler/seen-failures.ts';
import type { Terminal } from '../shared/terminal.ts';
import type { CheckOptions } from './check-options.ts';
import { checkProgress } from './check-progress.ts';
import type { CheckWorkflows } from './cloud/check-workflows.ts';
import { confirmRegressions } from '../../api/check/confirm-regressions.ts';
import type { OpenedSides } from '../../api/check/opened-sides.ts';
import type { PlannedCheck } from '../../api/check/plan-check.ts';

export interface FunctionCheck {
  readonly plan: PlannedCheck;
  readonly config: CheckConfig;
  readonly options: CheckOptions;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly comparisons: number;
  readonly workflows: CheckWorkflows;
}

/** Checks one function; of one on this machine the result says what else went on here. */
export async function checkFunction(check: FunctionCheck): Promise<PlayedCheck> {
  if (check.plan.target.kind !== 'local') return openAndPlay(check);
  const { readLoad } = await import('../../emulator/index.ts');
  const before = readLoad();
  const played = await openAndPlay(check);
  // Its processes have ended by now, and count as its own.
  const after = readLoad();
  if (played.kind === 'failed' || played.result === null) return played;
  const load = before === null || after === null ? null : loadBetween(before, after);
  return load === null ? played : { ...played, result: judgedUnderLoad(played.result, load) };
}

/** Opens a function, plays the workflow, and measures again what is to be confirmed. */
async function openAndPlay(check: FunctionCheck): Promise<PlayedCheck> {
  const { options, terminal } = check;
  const seen = new SeenFailures((name) => name, check.plan.ignoreErrors);
  const sides = await openSides(check, seen);
  try {
    const input = inputOf(check, sides);
    const first = await play(check, sides, input);
    return options.confirm === true
      ? await confirmRegressions(first, input, {
          play: (again) => play(check, sides, again),
          tell: (sentence) => {
            if (options.quiet !== true) check.terminal.stderr.write(`${sentence}\n`);
          },
        })
      : first;
  } finally {
    if (options.quiet !== true) terminal.stderr.write(seen.text());
    await sides.close();
  }
}

/** Each way loads only what it needs: a check that is only planned, or refused, needs none of them. */
async function openSides(
  { plan: { target }, config, options, workflows, terminal, signal }: FunctionCheck,
  seen: SeenFailures,
): Promise<OpenedSides> {
  const { concurrency: mostEnvironments } = config;
  const terms = {
    mostEnvironments,
    stop: signal,
    watch: seen.watch.bind(seen),
    onOutput: (side: string, text: string) => {
      const lines = applicationLines(text).map((line) => `${side} | ${printableText(line)}\n`);
      terminal.stderr.write(lines.join(''));
    },
  };
  if (target.kind === 'local') {
    const { openLocalSides } = await import('../../api/check/open-local-sides.ts');
    return openLocalSides(target, options, terms);
  }
  const workflow = await workflows.of(target);
  if (workflow === null) {
    const { openAwsSides } = await import('../../api/check/open-aws-sides.ts');
    return openAwsSides(target, await workflows.connection(target), terms);
  }
  const { openDeployedSides } = await import('./cloud/open-deployed-sides.ts');
  return openDeployedSides({ target, workflow, mostEnvironments, terminal, signal });
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
              key: {
                ...stored.facts.key,
                layers: [...stored.facts.key.layers],
                machine: stored.facts.key.machine ?? null,
              },
            },
            observations: packSides({ base: [], head: stored.observations }),
          },
    payloads: plan.payloads.map(({ payload, weight }) => ({ payload: payload as never, weight })),
    varyPayload: target.varyPayload,
    allowRepeats: target.allowRepeats,
    measuredBefore: 0,
    ignoreErrors: [...plan.ignoreErrors],
    rules: [...plan.rules],
    comparisons: Math.max(1, comparisons),
    falseAlarmRate: config.falseAlarmRate,
    maxInvocations: config.maxInvocations,
    maxUsd: config.maxUsd,
    mostEnvironments: sides.mostEnvironments,
    driftSpread: readLimit(config.baselineDrift, CHANGE_GRAMMAR),
    exhaustive: options.saveBaseline !== undefined && sides.base === null,
    patient: false,
    emulation: sides.emulation,
    machine: sides.machine,
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
