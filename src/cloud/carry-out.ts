import type { Logger } from '@aws-lambda-powertools/logger';
import { PowerdialError } from '../contract/shared/errors.ts';
import type { OnUnknownStatus } from './cloud-world.ts';
import { toError } from '../contract/shared/thrown.ts';

type Facts = Readonly<Record<string, unknown>>;

/** The work of a stage, with everything that its lines in the log say. */
export interface StageWork {
  readonly name: string;
  /** Stands on every line and tells which run it is. */
  readonly about: Facts;
  /** Stands on the first line. */
  readonly given: Facts;
  /** Does the work and returns the parsed output, which the next state reads. */
  readonly run: () => Promise<unknown>;
  /** Picks from the output what is worth knowing, for the last line. */
  readonly factsOf: (output: unknown) => Facts;
}

/** Runs a stage, with a line in the log before and after. */
export async function carryOut(work: StageWork, logger: Logger): Promise<unknown> {
  const { name, about, given, run, factsOf } = work;
  logger.info(`${name} starts`, { ...about, ...given });
  const startedMs = Date.now();
  try {
    const output = await run();
    const tookMs = Date.now() - startedMs;
    logger.info(`${name} is through`, { ...about, tookMs, ...factsOf(output) });
    return output;
  } catch (error) {
    logFailure(name, error, about, logger);
    throw error;
  }
}

/** The workflow handles expected failures, so the log holds their facts and no stack trace. */
export function logFailure(what: string, error: unknown, about: Facts, logger: Logger): void {
  if (error instanceof PowerdialError) {
    const { name, message, facts } = error;
    logger.warn(`${what} failed`, { ...about, error: { name, message, facts } });
    return;
  }
  logger.error(`${what} failed unexpectedly`, { ...about, error: toError(error) });
}

/**
 * Says in the log that nobody could tell whether an execution still runs. The work goes on as if it did: a
 * run that is well must not fail for it, and one that was stopped goes on invoking until its time is over.
 */
export function logUnknownStatus(about: Facts, logger: Logger): OnUnknownStatus {
  return ({ action, resource, code, message }) => {
    logger.warn('It is not known whether the execution still runs; it is taken to', {
      ...about,
      error: { action, resource, code, message },
    });
  };
}
