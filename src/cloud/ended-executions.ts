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

/** The same, when a call had failed and its record comes back from the dead-letter queue. */
const failedSweepSchema = z.object({ requestPayload: sweepSchema });

/** What Lambda put into the dead-letter queue when the call at once had failed: the event is in it. */
const failedCallSchema = z.object({ requestPayload: endedSchema });

/** What EventBridge tells of an execution that ended. Its input is left aside: large ones are missing. */
export interface EndedExecution {
  readonly executionArn: string;
  /** How often it had been taken up again by then. */
  readonly redriveCount: number;
  /** By way of the queue, which brings it again for as long as the call fails. */
  readonly comesAgain: boolean;
}

/**
 * The executions that an event speaks of: EventBridge's own event, or the same by way of the queue that
 * holds it back for a while.
 *
 * @returns `null` for what is no such event: the workflow itself calls
 */
export function endedExecutions(event: unknown): readonly EndedExecution[] | null {
  const messages = messagesSchema.safeParse(event);
  if (messages.success) {
    return messages.data.Records.map(({ body }) => toEnded(readMessage(JSON.parse(body)), true));
  }
  const ended = endedSchema.safeParse(event);
  return ended.success ? [toEnded(ended.data, false)] : null;
}

/** The state machine that the schedule wants to be swept; `null` where it is not the schedule that calls. */
export function sweptStateMachine(event: unknown): string | null {
  const sweep = sweepSchema.safeParse(event);
  if (sweep.success) return sweep.data.sweep.stateMachineArn;
  const [message] = messagesSchema.safeParse(event).data?.Records ?? [];
  if (message === undefined) return null;
  const failed = failedSweepSchema.safeParse(JSON.parse(message.body));
  return failed.success ? failed.data.requestPayload.sweep.stateMachineArn : null;
}

/** A message of the dead-letter queue may come back by hand, whoever put it there. */
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
