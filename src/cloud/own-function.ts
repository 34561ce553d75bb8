import type { Context } from 'aws-lambda';
import { parseFunctionRef } from '../core/target/function-ref.ts';
import type { OwnFunction } from '../core/cost/workflow-cost.ts';

/** Describes the function whose memory and time this call is billed for. */
export function ownFunction(context: Context): OwnFunction {
  return {
    memoryMb: Number(context.memoryLimitInMB),
    architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
    region: parseFunctionRef(context.invokedFunctionArn)?.region ?? '',
  };
}
