import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  TreatMissingData,
  type IAlarmAction,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Function as LambdaFunction, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** Lambda's own, where a function names none. */
const DEFAULT_TIMEOUT = Duration.seconds(3);
/** A timeout that Powerdial recommends has this headroom over what hardly any invocation takes. */
const HEADROOM = 1.5;
/** AWS's: "Recommended alarms", CloudWatch User Guide, 2026-11. */
const MINUTES = 15;

/** Properties of a `DurationAlarm`. */
export interface DurationAlarmProps {
  /** The function, a version or an alias of it. */
  readonly function: IFunction;
  /**
   * What nine of ten invocations are to keep within; below the timeout. Results of Powerdial say which
   * (`advice`, code `duration-alarm`).
   *
   * @default two thirds of the function's timeout, where this app defines the function
   */
  readonly threshold?: Duration;
  /**
   * What happens when it rings, and again when it is over.
   *
   * @default nothing: the alarm is seen in the console
   */
  readonly actions?: readonly IAlarmAction[];
}

/**
 * Rings when the p90 of a function's durations is above a threshold for 15 minutes: durations that approach the
 * timeout are seen before invocations are cut off.
 *
 * @example
 * new DurationAlarm(this, 'OrdersAlarm', { function: orders, threshold: Duration.seconds(4) });
 */
export class DurationAlarm extends Construct {
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: DurationAlarmProps) {
    super(scope, id);
    const timeout = timeoutOf(props.function);
    const threshold = thresholdOf(props, timeout);
    this.alarm = new Alarm(this, 'Alarm', {
      alarmDescription: `The p90 of durations is above ${threshold.toHumanString()} for ${MINUTES} minutes${timeout === null ? '' : `; invocations are cut off at ${timeout.toHumanString()}`}.`,
      metric: props.function.metricDuration({ statistic: 'p90', period: Duration.minutes(1) }),
      threshold: threshold.toMilliseconds(),
      evaluationPeriods: MINUTES,
      datapointsToAlarm: MINUTES,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    for (const action of props.actions ?? []) {
      this.alarm.addAlarmAction(action);
      this.alarm.addOkAction(action);
    }
  }
}

/** The timeout of a function that this app defines; of one that is imported nobody knows it. */
function timeoutOf(target: IFunction): Duration | null {
  return target instanceof LambdaFunction ? (target.timeout ?? DEFAULT_TIMEOUT) : null;
}

function thresholdOf({ threshold }: DurationAlarmProps, timeout: Duration | null): Duration {
  if (threshold === undefined) {
    if (timeout === null) {
      throw new Error(
        'Could not make the DurationAlarm: wanted a threshold, because the timeout of a function that this app does not define is not known.',
      );
    }
    return Duration.millis(Math.round(timeout.toMilliseconds() / HEADROOM));
  }
  if (timeout !== null && threshold.toMilliseconds() >= timeout.toMilliseconds()) {
    throw new Error(
      `Could not make the DurationAlarm: wanted a threshold below the function's timeout of ${timeout.toHumanString()}, it is ${threshold.toHumanString()} and would never be passed.`,
    );
  }
  return threshold;
}
