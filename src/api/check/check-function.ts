import { randomBytes } from 'node:crypto';
import type { CheckConfig } from '../../contract/check/check-config.ts';
import { CHANGE_GRAMMAR, readLimit } from '../../contract/check/check-limit.ts';
import type { CheckInput } from '../../contract/check/check-stages.ts';
import { judgeUnderLoad } from '../../words/check/judge-under-load.ts';
import { loadBetween } from '../../core/compare/machine-load.ts';
import { applicationLines } from '../../core/platform-log/application-lines.ts';
import type { PlayedCheck } from '../../play/play-check.ts';
import { packSides } from '../../stages/check/check-codec.ts';
import { SeenFailures } from '../shared/handler/seen-failures.ts';
import type { CheckSettings } from './check-settings.ts';
import type { CheckSurroundings } from './check-surroundings.ts';
import type { CheckWorkflows } from './cloud/check-workflows.ts';
import { confirmRegressions } from './confirm-regressions.ts';
import type { OpenedSides } from './opened-sides.ts';
import type { PlannedCheck } from './plan-check.ts';

export interface FunctionCheck {
  readonly plan: PlannedCheck;
  readonly config: CheckConfig;
  readonly settings: CheckSettings;
  readonly surroundings: CheckSurroundings;
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
  return load === null ? played : { ...played, result: judgeUnderLoad(played.result, load) };
}

/** Opens a function, plays the workflow, and measures again what is to be confirmed. */
async function openAndPlay(check: FunctionCheck): Promise<PlayedCheck> {
  const { plan, settings, surroundings } = check;
  const { emit, onFailures } = surroundings;
  const seen = new SeenFailures((name) => name, plan.ignoreErrors);
  const sides = await openSides(check, seen);
  const play = (input: CheckInput): Promise<PlayedCheck> =>
    sides.play(input, (progress) => {
      emit({ kind: 'measuring', function: plan.target.name, ...progress });
    });
  try {
    const input = inputOf(check, sides);
    const first = await play(input);
    return settings.confirm === true
      ? await confirmRegressions(first, input, {
          play,
          tell: (message) => {
            emit({ kind: 'note', message });
          },
        })
      : first;
  } finally {
    onFailures(seen.text());
    await sides.close();
  }
}

/** Each way loads only what it needs: a check that is only planned, or refused, needs none of them. */
async function openSides(
  { plan: { target }, config, settings, workflows, surroundings }: FunctionCheck,
  seen: SeenFailures,
): Promise<OpenedSides> {
  const { concurrency: mostEnvironments } = config;
  const { emit, signal } = surroundings;
  const terms = {
    mostEnvironments,
    stop: signal,
    watch: seen.watch.bind(seen),
    onOutput: (place: string, text: string) => {
      emit({ kind: 'output', function: target.name, place, lines: applicationLines(text) });
    },
  };
  if (target.kind === 'local') {
    const { openLocalSides } = await import('./open-local-sides.ts');
    return openLocalSides(target, settings, terms);
  }
  const workflow = await workflows.of(target);
  if (workflow === null) {
    const { openAwsSides } = await import('./open-aws-sides.ts');
    return openAwsSides(target, await workflows.connection(target), terms);
  }
  const { openDeployedSides } = await import('./cloud/open-deployed-sides.ts');
  return openDeployedSides({ target, workflow, mostEnvironments, surroundings });
}

function inputOf(
  { plan, config, settings, comparisons }: FunctionCheck,
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
    ...(target.invocationsPerMonth === undefined
      ? {}
      : { invocationsPerMonth: target.invocationsPerMonth }),
    measuredBefore: 0,
    ignoreErrors: [...plan.ignoreErrors],
    rules: [...plan.rules],
    comparisons: Math.max(1, comparisons),
    falseAlarmRate: config.falseAlarmRate,
    maxInvocations: config.maxInvocations,
    maxUsd: config.maxUsd,
    mostEnvironments: sides.mostEnvironments,
    driftSpread: readLimit(config.baselineDrift, CHANGE_GRAMMAR),
    exhaustive: settings.saveBaseline !== undefined && sides.base === null,
    patient: false,
    emulation: sides.emulation,
    machine: sides.machine,
    seed: config.seed ?? randomBytes(4).readUInt32BE(),
  };
}
