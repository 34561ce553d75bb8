import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Json } from '../../src/contract/shared/json.ts';
import {
  type Clock,
  realClock,
  startStepFunctionsEndpoint,
  StatesError,
  type TaskFunction,
} from '../../src/emulator/index.ts';
import { PUT_OBJECT, type Definition } from './definitions.ts';
import { CLIENT, type Machine, type StatesEngine } from './engine.ts';

/** The same as moto's: waits and retries take a fiftieth of their time. */
const HURRY = 0.02;

/** The project's own player behind its own endpoint, with the stages' functions behind Lambda's Invoke. */
export async function playerStates(
  machines: readonly Machine[],
  stagesUrl: string,
): Promise<StatesEngine> {
  const lambda = new LambdaClient({ ...CLIENT, endpoint: stagesUrl });
  const kept: Record<string, Json> = {};
  let lost = false;
  const keep: TaskFunction = (put) => {
    if (lost) {
      const error = new Error('The specified bucket does not exist');
      return Promise.reject(Object.assign(error, { name: 'S3.NoSuchBucketException' }));
    }
    const { Key, Body } = put as { readonly Key: string; readonly Body: Json };
    kept[Key] = Body;
    return Promise.resolve({});
  };
  const endpoint = await startStepFunctionsEndpoint({
    stateMachines: machines.map(({ name, definition }) => ({
      name,
      definition,
      clock: hurryClock(definition),
      open: () => ({
        tasks: Object.fromEntries(
          Object.values(definition.States).flatMap(({ Resource }) =>
            Resource === undefined
              ? []
              : [[Resource, Resource === PUT_OBJECT ? keep : calling(lambda, Resource)]],
          ),
        ),
        afterwards: () => Promise.resolve(),
      }),
    })),
  });
  return {
    url: endpoint.url,
    stored: () => Promise.resolve({ ...kept }),
    loseBucket(wanted) {
      lost = wanted;
      return Promise.resolve();
    },
    async close() {
      await endpoint.close();
      lambda.destroy();
    },
  };
}

/** A Task that invokes a function, with errors as Step Functions names them. */
function calling(lambda: LambdaClient, arn: string): TaskFunction {
  return async (input) => {
    const answer = await lambda
      .send(new InvokeCommand({ FunctionName: arn, Payload: JSON.stringify(input) }))
      .catch((error: unknown) => {
        const { name, message } = error as Error;
        throw new StatesError(`Lambda.${name}`, message);
      });
    const payload = JSON.parse(answer.Payload?.transformToString() ?? 'null') as Json;
    if (answer.FunctionError === undefined) return payload;
    const { errorType, errorMessage } = payload as Readonly<Record<string, string>>;
    throw Object.assign(new Error(errorMessage), { name: errorType });
  };
}

/** Limits keep their time; whatever else is waited for is a retry or a Wait. */
function hurryClock({ TimeoutSeconds, States }: Definition): Clock {
  const limits = new Set(
    [TimeoutSeconds, ...Object.values(States).map((state) => state.TimeoutSeconds)]
      .filter((seconds) => seconds !== undefined)
      .map((seconds) => seconds * 1000),
  );
  return {
    now: () => realClock.now(),
    sleep: (ms, signal) => realClock.sleep(limits.has(ms) ? ms : ms * HURRY, signal),
  };
}
