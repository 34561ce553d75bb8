import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AppContext } from './app-context.ts';
import { PowerTuner } from './power-tuner.ts';
import { tunerSettings } from './tuner-settings.ts';

/** A tuner with a stack of its own, set by the app's context. */
export class TunerStack extends Stack {
  readonly tuner: PowerTuner;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, {
      description: 'Powerdial: finds memory size and timeout of Lambda functions by measuring them',
      ...props,
    });
    this.tuner = new PowerTuner(this, 'Tuner', tunerSettings(this, new AppContext(this.node)));
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
  }
}
