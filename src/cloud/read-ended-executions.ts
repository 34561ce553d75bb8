import { z } from 'zod';

const endedSchema = z.object({
  source: z.literal('aws.states'),
  detail: z.object({
    executionArn: z.string(),
    status: z.string(),
    redriveCount: z.int().nullish(),
  }),
});

const messagesSchema = z.object({
  Records: z.array(z.object({ eventSource: z.literal('aws:sqs'), body: z.string() })),
});

const sweepSchema = z.object({ sweep: z.object({ stateMachineArn: z.string() }) });

/** The same request, when a call had failed and its record comes back from the dead-letter queue. */
const failedSweepSchema = z.object({ requestPayload: sweepSchema });

/** The record that Lambda puts into the dead-letter queue when the first call failed. The event is in it. */
const failedCallSchema = z.object({ requestPayload: endedSchema });

/**
 * What EventBridge tells of an execution that ended. Its input is not read, because EventBridge leaves out
 * large ones.
 */
export interface EndedExecution {
  readonly executionArn: string;
  /** How often the execution had been redriven by then. */
  readonly redriveCount: number;
  /** Whether the event comes from the queue, which brings it again as long as the call fails. */
  readonly comesAgain: boolean;
}

/**
 * Reads the executions that an event is about. The event is EventBridge's own, or the same event from the
 * queue that holds it back for a while.
 *
 * @returns `null` for any other event: then the workflow itself calls
 */
export function readEndedExecutions(event: unknown): readonly EndedExecution[] | null {
  const messages = messagesSchema.safeParse(event);
  if (messages.success) {
    return messages.data.Records.map(({ body }) => toEnded(readMessage(JSON.parse(body)), true));
  }
  const ended = endedSchema.safeParse(event);
  return ended.success ? [toEnded(ended.data, false)] : null;
}

/** Reads which state machine the schedule wants to be swept; `null` where the schedule is not the caller. */
export function readSweptStateMachine(event: unknown): string | null {
  const sweep = sweepSchema.safeParse(event);
  if (sweep.success) return sweep.data.sweep.stateMachineArn;
  const [message] = messagesSchema.safeParse(event).data?.Records ?? [];
  if (message === undefined) return null;
  const failed = failedSweepSchema.safeParse(JSON.parse(message.body));
  return failed.success ? failed.data.requestPayload.sweep.stateMachineArn : null;
}

/** Somebody may have put a message of the dead-letter queue back by hand, so it is parsed like any input. */
function readMessage(body: unknown): z.infer<typeof endedSchema> {
  const failedCall = failedCallSchema.safeParse(body);
  return failedCall.success ? failedCall.data.requestPayload : endedSchema.parse(body);
}

function toEnded({ detail }: z.infer<typeof endedSchema>, comesAgain: boolean): EndedExecution {
  return {
    executionArn: detail.executionArn,
    redriveCount: detail.redriveCount ?? 0,
    comesAgain,
  };
}
