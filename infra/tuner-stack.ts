import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AppContext } from './app-context.ts';
import { PerformanceCheck } from './performance-check.ts';
import { PowerTuner } from './power-tuner.ts';
import { tunerSettings } from './tuner-settings.ts';

/** A tuner and the performance check in a stack of their own, set by the app's context. */
export class TunerStack extends Stack {
  readonly tuner: PowerTuner;
  /** The workflow of `powerdial check`; `null` where the context leaves it out. */
  readonly check: PerformanceCheck | null;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, {
      description: 'Powerdial: finds memory size and timeout of Lambda functions by measuring them',
      ...props,
    });
    const context = new AppContext(this.node);
    const wantsCheck = context.flag('check') ?? true;
    const settings = tunerSettings(this, context);
    this.tuner = new PowerTuner(this, 'Tuner', settings);
    this.check = wantsCheck ? new PerformanceCheck(this, 'Check', settings) : null;
    const { stateMachine, resultsBucket, cleanUpAlarm } = this.tuner;
    new CfnOutput(this, 'StateMachineArn', {
      description: 'The workflow: `powerdial tune --state-machine <this> <function>`',
      value: stateMachine.stateMachineArn,
    });
    new CfnOutput(this, 'ResultsBucket', {
      description: 'Where results are kept, as JSON',
      value: resultsBucket.bucketName,
    });
    new CfnOutput(this, 'CleanUpAlarm', {
      description: 'In alarm when a function could not be put back after a run that died',
      value: cleanUpAlarm.alarmName,
    });
    if (this.check === null) return;
    new CfnOutput(this, 'CheckStateMachineArn', {
      description: 'The workflow of checks: `powerdial check --state-machine <this> <function>`',
      value: this.check.stateMachine.stateMachineArn,
    });
  }
}
