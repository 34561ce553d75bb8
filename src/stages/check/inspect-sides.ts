import { isAwsError } from '../../contract/aws-error.ts';
import type { CheckDeps } from '../../contract/check-deps.ts';
import type { CheckInput, MeasuredSide } from '../../contract/check-stages.ts';
import { TOOL_SCHEMA } from '../../contract/check.ts';
import { PowerdialError } from '../../contract/errors.ts';
import type { FunctionConfiguration } from '../../contract/function-configuration.ts';
import type { Warning } from '../../contract/state.ts';
import { pricesOf } from '../../core/cost/prices.ts';
import { spentOn } from '../../core/measure/spending.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import { refusal } from '../../core/target/refusal.ts';
import { settleConcurrency } from '../inspect/settle-concurrency.ts';
import { NOTHING_OBSERVED, packSides } from './check-codec.ts';
import type { CheckStage } from './check-stage.ts';
import { hashPayloads } from './hash-payloads.ts';
import { readSource } from './read-source.ts';
import { trySide } from './try-side.ts';

/** One call of Measure lasts 15 minutes and needs time for reading logs. */
const LONGEST_TIMEOUT_SECONDS = 780;

/** What is taken to be free where the limits may not be read. */
const UNREAD_CONCURRENCY = 16;

/** Reads both sides, refuses what cannot be measured, and tries one invocation of each. */
export const inspectSides: CheckStage<'Inspect'> = async ({ run, source }, deps) => {
  const input = readSource(source);
  refuseLargeSource(source, input);
  const head = await readSide(deps, input.head, input);
  const base = input.base === null ? null : await readSide(deps, input.base, input);
  const room = await concurrencyOf(deps, input, head, base);
  const startedAtMs = Date.parse(run.startedAt);
  let spent = { invocations: 0, gbSeconds: 0, usd: 0 };
  for (const side of base === null ? [head] : [base, head]) {
    const trial = await trySide(deps, side, input.payloads[0]?.payload, startedAtMs);
    const { key, ephemeralStorageMb } = side.facts;
    const one = spentOn(
      [trial],
      { slices: 0, invocations: 0, usd: 0 },
      {
        prices: pricesOf(key.region, key.architecture, ephemeralStorageMb),
        ephemeralStorageMb,
        timeoutSeconds: side.timeoutSeconds,
      },
    );
    spent = {
      invocations: spent.invocations + one.invocations,
      gbSeconds: spent.gbSeconds + one.gbSeconds,
      usd: spent.usd + one.usd,
    };
  }
  return {
    run,
    sides: { base, head },
    mostEnvironments: Math.max(1, Math.floor(room.concurrency / (base === null ? 1 : 2))),
    progress: {
      observations: packSides(NOTHING_OBSERVED),
      streams: { base: [], head: [] },
      sent: 0,
      spent,
      exhausted: false,
    },
    warnings: [...room.warnings, ...sideWarnings(input, base, head)],
  };
};

/** The quota of a state's input (Step Functions). */
const MOST_STATE_BYTES = 262_144;

/** What an observation takes, packed: 8 bytes in measured ones, with room to spare. */
const OBSERVATION_BYTES = 12;

/** Sides, progress and judgements beside the observations. */
const STATE_ROOM_BYTES = 16_384;

/** Every state reads the input and what was observed, so one that fits by itself may be too large later. */
function refuseLargeSource(source: unknown, { maxInvocations }: CheckInput): void {
  const bytes = Buffer.byteLength(JSON.stringify(source));
  const most = MOST_STATE_BYTES - STATE_ROOM_BYTES - OBSERVATION_BYTES * maxInvocations;
  if (bytes <= most) return;
  throw new PowerdialError(
    'InvalidInput',
    `payloads: wanted at most ${most} bytes of input beside ${maxInvocations} invocations, payloads and stored baseline together; it has ${bytes}. Send smaller payloads or fewer, or lower --max-invocations.`,
  );
}

async function readSide(
  deps: CheckDeps,
  named: NonNullable<CheckInput['base']>,
  { emulation, payloads }: CheckInput,
): Promise<MeasuredSide> {
  const ref = parseFunctionRef(named.function);
  const wanted = named.qualifier === null ? named.function : `${named.function}:${named.qualifier}`;
  if (ref === null) {
    throw new PowerdialError(
      'InvalidInput',
      `function: wanted a function's name or ARN, it is ${JSON.stringify(named.function)}`,
    );
  }
  const { functionName } = ref;
  const qualifier = named.qualifier === '$LATEST' ? null : named.qualifier;
  const found = await deps
    .readConfiguration(qualifier === null ? { functionName } : { functionName, qualifier })
    .catch((error: unknown) => {
      if (!isAwsError(error, 'not-found')) throw error;
      throw new PowerdialError(
        'TargetNotFound',
        `Read ${wanted}: there is no such function, version or alias here (${error.message}). Check its name, its region and whose account these credentials are of.`,
        { cause: error, facts: { function: wanted } },
      );
    });
  refuseUnmeasurable(wanted, found);
  return {
    functionName,
    // An alias may move while the check runs: what is measured is the version it pointed at.
    version: found.version === '$LATEST' ? null : found.version,
    logGroup: found.logGroup,
    logFormat: found.logFormat,
    timeoutSeconds: found.timeoutSeconds,
    facts: {
      function: functionName,
      version: found.version,
      timeoutSeconds: found.timeoutSeconds,
      ephemeralStorageMb: found.ephemeralStorageMb,
      key: {
        architecture: found.architecture,
        region: parseFunctionRef(found.functionArn)?.region ?? '',
        memoryMb: found.memoryMb,
        runtime: found.runtime,
        layers: [...(found.layers ?? [])],
        emulation,
        toolSchema: TOOL_SCHEMA,
        payloads: hashPayloads(payloads),
      },
    },
  };
}

function refuseUnmeasurable(wanted: string, found: FunctionConfiguration): void {
  const reason =
    refusal(found) ??
    (found.systemLogLevel === 'WARN'
      ? 'its system log level WARN hides the reports that a check reads; set it to INFO'
      : found.timeoutSeconds > LONGEST_TIMEOUT_SECONDS
        ? `a check waits for at most ${LONGEST_TIMEOUT_SECONDS} s, and its timeout is ${found.timeoutSeconds} s`
        : null);
  if (reason === null) return;
  throw new PowerdialError(
    'TargetCannotBeTuned',
    `Check ${wanted}: it cannot be done, ${reason}.`,
    {
      facts: { function: found.functionArn },
    },
  );
}

async function concurrencyOf(
  deps: CheckDeps,
  input: CheckInput,
  head: MeasuredSide,
  base: MeasuredSide | null,
): Promise<{ readonly concurrency: number; readonly warnings: readonly Warning[] }> {
  const wanted = input.mostEnvironments * (base === null ? 1 : 2);
  try {
    return await settleConcurrency(deps, head.functionName, wanted);
  } catch (error) {
    if (!isAwsError(error, 'denied')) throw error;
    const concurrency = Math.min(wanted, UNREAD_CONCURRENCY);
    const message = `The concurrency limits may not be read (${error.action}), so at most ${concurrency} invocations are under way at once. docs/ci.md lists the permissions.`;
    return { concurrency, warnings: [{ code: 'concurrency-unread', message }] };
  }
}

function sideWarnings(
  input: CheckInput,
  base: MeasuredSide | null,
  head: MeasuredSide,
): readonly Warning[] {
  const { key, ephemeralStorageMb } = head.facts;
  const warnings: Warning[] = [
    ...pricesOf(key.region, key.architecture, ephemeralStorageMb).warnings,
  ];
  if (base?.functionName === head.functionName && base.version === head.version) {
    const message = `Base and head are both ${head.functionName}:${head.version ?? '$LATEST'}: this compares a version with itself.`;
    warnings.push({ code: 'same-version', message });
  }
  const different = (['memoryMb', 'architecture', 'runtime'] as const).filter(
    (name) => base !== null && base.facts.key[name] !== key[name],
  );
  if (different.length > 0) {
    const message = `Base and head differ in ${different.join(', ')}: the change is of code and setting together.`;
    warnings.push({ code: 'settings-differ', message });
  }
  if (input.stored !== null) {
    const message = `The baseline is stored: what its hosts, their region's load and other services were like that day is unknown. A drift of ${(100 * input.driftSpread).toFixed(0)} % (standard deviation) is allowed for before anything counts as regressed or improved, and a drift the other way can hide a change. Measuring both sides together (--base <version>) needs no such allowance.`;
    warnings.push({ code: 'stored-baseline', message });
  }
  return warnings;
}
