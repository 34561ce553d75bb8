/**
 * Lambda and Step Functions on loopback, for the AWS SDK to talk to, with CloudWatch Logs, SQS and S3 as far
 * as Lambda's users need them. This file is the room's only door. The room knows nothing of Powerdial's
 * workflows: whoever wants one played brings its definition and its tasks along.
 *
 * @example
 * ```ts
 * import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
 * import { createProcessHost, locateHandler, startLambdaEndpoint } from 'powerdial/emulator';
 *
 * const located = await locateHandler('handler.mjs');
 * if (located.kind === 'problem') throw new Error(located.message);
 * const host = await createProcessHost({ handler: located.location });
 * const endpoint = await startLambdaEndpoint({
 *   functions: [{ name: 'orders', host, memoryMb: 512, timeoutSeconds: 30, region: 'eu-west-1' }],
 * });
 * const client = new LambdaClient({
 *   endpoint: endpoint.url,
 *   region: 'eu-west-1',
 *   credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
 * });
 * await client.send(new InvokeCommand({ FunctionName: 'orders', Payload: '{}' }));
 * await endpoint.close();
 * ```
 */

// Lambda: an endpoint that holds functions, and what stands behind each of them.
export {
  startLambdaEndpoint,
  type LambdaEndpoint,
  type LambdaEndpointOptions,
} from './lambda/endpoint.ts';
export type { FunctionDefinition } from './lambda/function-definition.ts';
export type { EventSourceMapping } from './lambda/event-source-mapping.ts';
export type { FunctionHost, HostInvocation, HostReply } from './lambda/function-host.ts';

export type { LogGroupSettings } from './services/logs/log-group.ts';
export type { OlderLines } from './services/logs/log-store.ts';
export { logStreamName } from './lambda/log-stream-name.ts';
export { platformLogWriter } from './lambda/platform-log-writer.ts';

// A function that is a real process, over Lambda's Runtime API.
export {
  createProcessHost,
  HandlerNotBuilt,
  type HandlerOutput,
  type ProcessHostOptions,
} from './environment/process-host.ts';
export { namesTmp } from './environment/literal-tmp.ts';
export { buildHandler } from './environment/typescript-handler.ts';
export {
  locateHandler,
  type HandlerLocation,
  type LocatedHandler,
} from './environment/handler-location.ts';
export { broughtPackages, type BroughtPackage } from './environment/brought-packages.ts';
export { NEWEST_TESTED_PYTHON_MINOR } from './environment/python/python-interpreter.ts';
export { cpuShareHere } from './environment/cpu-share-here.ts';
export { CoreQueue } from './environment/core-queue.ts';
export { machineCores } from './environment/machine-cores.ts';
export { memoryRefusal } from './environment/memory-refusal.ts';
export { thisMachine, type Machine } from './environment/this-machine.ts';
export type { LoadSample } from '../contract/shared/load-sample.ts';
export { readLoad } from './environment/linux/machine-load.ts';

// A function that answers from a table of durations.
export { readRecording, type Recording } from './recorded/recording.ts';
export { recordedHost, type RecordedHostOptions } from './recorded/recorded-host.ts';
export { recordedFunction } from './recorded/recorded-function.ts';

// Step Functions: an endpoint that holds state machines, and the player of one execution beneath it.
export {
  startStepFunctionsEndpoint,
  type StepFunctionsEndpoint,
} from './step-functions/endpoint.ts';
export type {
  ExecutionWork,
  OpenedExecution,
  WorkflowOffer,
} from './step-functions/workflow-offer.ts';
export { fillIn as filledIn } from './step-functions/fill-in.ts';
export { playWorkflow, type WorkflowOutcome } from './player/play.ts';
export type { WorkflowEvent } from './player/workflow-event.ts';
export type { TaskFunction } from './player/task-function.ts';
export { StatesError } from './player/states-error.ts';
export { realClock, type Clock } from './player/clock.ts';

// Faults: what tests put in the way of a request.
export { faultPlan, type FaultPlan, type FaultPoint } from './lambda/fault-plan.ts';
export { namedFault, type FaultName } from './lambda/named-fault.ts';
export { denied } from './lambda/aws-refusals.ts';
export type { Fault, FaultTime, Intercept, InterceptedRequest } from './lambda/fault.ts';
export {
  UPDATE_FAILURES,
  type UpdateFailure,
  type UpdateFailureCode,
} from './lambda/update-failure.ts';
