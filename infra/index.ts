/** What `powerdial/cdk` offers to other CDK apps. */
export { PowerTuner } from './power-tuner.ts';
export type { PowerTunerProps } from './power-tuner-props.ts';
export { PerformanceCheck } from './performance-check.ts';
export type { PerformanceCheckProps } from './performance-check.ts';
export { DurationAlarm } from './duration-alarm.ts';
export type { DurationAlarmProps } from './duration-alarm.ts';
export { MeasuredSizes } from './measured-sizes.ts';
export type { MeasuredSizesProps } from './measured-sizes.ts';
