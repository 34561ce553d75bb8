import type { ConnectionOptions } from './lambda-client.ts';
import {
  listStateMachines,
  readTags,
  type ListStateMachines,
  type ReadTags,
} from './state-machine-calls.ts';
import {
  readEvents,
  readExecution,
  startExecution,
  stopExecution,
  type ReadEvents,
  type ReadExecution,
  type StartExecution,
  type StopExecution,
} from './state-machine-executions.ts';
import { statesClient } from './states-client.ts';

/** Everything about Step Functions that the command needs; `close` frees the sockets. */
export interface WorkflowCalls {
  readonly listStateMachines: ListStateMachines;
  readonly readTags: ReadTags;
  readonly startExecution: StartExecution;
  readonly readExecution: ReadExecution;
  readonly stopExecution: StopExecution;
  readonly readEvents: ReadEvents;
  readonly close: () => void;
}

export function workflowCalls(options: ConnectionOptions): WorkflowCalls {
  const client = statesClient(options);
  return {
    listStateMachines: listStateMachines(client),
    readTags: readTags(client),
    startExecution: startExecution(client),
    readExecution: readExecution(client),
    stopExecution: stopExecution(client),
    readEvents: readEvents(client),
    close() {
      client.destroy();
    },
  };
}
