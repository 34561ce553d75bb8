import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventInvokeConfig, type Function as StageLambda } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption, type IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { SWEEP_EVERY_MINUTES } from '../src/contract/shared/tuner.ts';
import { acknowledge } from './acknowledge.ts';
import { leaveOutUndefined } from './leave-out-undefined.ts';

/** Properties of a `CleanUpRule`. */
export interface CleanUpRuleProps {
  readonly stateMachine: IStateMachine;
  readonly cleanUp: StageLambda;
  readonly encryptionKey: IKey | undefined;
  readonly alarmTopic: ITopic | undefined;
}

/**
 * Twice the longest time that a stage may take which changes things. A stage that is under way when its
 * execution is aborted has ended by then, and the clean-up finds what it left.
 */
const AGAIN_AFTER = Duration.seconds(120);

/**
 * Each try comes six minutes after the one before: 38 minutes in all. AWS deletes no version while it is
 * pending, which takes up to half an hour with SnapStart.
 */
const TRIES = 7;

/**
 * Puts a function back when its execution was aborted, timed out or failed, because no catcher of the
 * workflow runs then. The rule does so at once and again after a while, and a schedule does so where the
 * event was lost. What cannot be put back waits in a queue with an alarm.
 */
export class CleanUpRule extends Construct {
  /** Holds the events of executions after which the function could not be put back. */
  readonly deadLetters: IQueue;
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: CleanUpRuleProps) {
    super(scope, id);
    const { cleanUp, encryptionKey } = props;
    const deadLetters = this.#queue('DeadLetters', encryptionKey, {
      retentionPeriod: Duration.days(14),
    });
    const again = this.#queue('Again', encryptionKey, {
      deliveryDelay: AGAIN_AFTER,
      // AWS asks for six times the timeout of the function that reads the queue.
      visibilityTimeout: Duration.minutes(6),
      retentionPeriod: Duration.days(1),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: TRIES },
    });
    const delivery = { deadLetterQueue: deadLetters, maxEventAge: Duration.hours(1) };
    new Rule(this, 'Rule', {
      description: 'Puts a function back after an execution of Powerdial that did not end well',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [props.stateMachine.stateMachineArn],
          status: ['ABORTED', 'TIMED_OUT', 'FAILED'],
        },
      },
      targets: [new LambdaFunction(cleanUp, delivery), new SqsQueue(again, delivery)],
    });
    // EventBridge delivers those events at best effort (Step Functions guide, "Automating event delivery",
    // 2026-11). A rule with a schedule needs no role, which EventBridge Scheduler would.
    new Rule(this, 'Sweep', {
      description:
        'Looks for executions of Powerdial whose end was not told, and has them put back',
      schedule: Schedule.rate(Duration.minutes(SWEEP_EVERY_MINUTES)),
      targets: [
        new LambdaFunction(cleanUp, {
          ...delivery,
          event: RuleTargetInput.fromObject({
            sweep: { stateMachineArn: props.stateMachine.stateMachineArn },
          }),
        }),
      ],
    });
    if (encryptionKey !== undefined) {
      // The key's own policy decides whether EventBridge may write encrypted messages.
      encryptionKey.grantEncryptDecrypt(new ServicePrincipal('events.amazonaws.com'));
      const role = cleanUp.role ?? cleanUp;
      for (const action of ['ReEncrypt*', 'GenerateDataKey*']) {
        acknowledge(
          role,
          `IAM5[Action::kms:${action}]`,
          'KMS names these in families; on one key.',
        );
      }
    }
    new EventInvokeConfig(this, 'AtOnce', {
      function: cleanUp,
      retryAttempts: 2,
      maxEventAge: Duration.hours(1),
      onFailure: new SqsDestination(deadLetters),
    });
    cleanUp.addEventSource(new SqsEventSource(again, { batchSize: 1, maxConcurrency: 2 }));
    this.deadLetters = deadLetters;
    this.alarm = this.#alarm(deadLetters, props.alarmTopic);
  }

  #queue(
    id: string,
    encryptionKey: IKey | undefined,
    properties: ConstructorParameters<typeof Queue>[2],
  ): Queue {
    return new Queue(this, id, {
      ...properties,
      enforceSSL: true,
      encryption: encryptionKey ? QueueEncryption.KMS : QueueEncryption.SQS_MANAGED,
      ...leaveOutUndefined({ encryptionMasterKey: encryptionKey }),
    });
  }

  #alarm(deadLetters: Queue, topic: ITopic | undefined): Alarm {
    const alarm = new Alarm(this, 'Alarm', {
      alarmDescription:
        'Powerdial could not put a function back after a run that died. The messages in the queue name the executions; `powerdial restore <function>` puts it back.',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // SQS reports nothing about a queue that nobody has used for six hours (SQS guide, "Monitoring Amazon
      // SQS queues using CloudWatch", 2026-11). That does not mean that its messages are gone.
      treatMissingData: TreatMissingData.IGNORE,
    });
    if (topic !== undefined) alarm.addAlarmAction(new SnsAction(topic));
    return alarm;
  }
}
