import type { CheckStageName } from '../src/contract/check/check-stages.ts';
import { ASK_FOR_OWN_RUN } from './stage-permissions.ts';
import type { Permission } from './permission.ts';

/** What each stage of a check may call. None of it changes anything. */
export const CHECK_PERMISSIONS: { readonly [Name in CheckStageName]: readonly Permission[] } = {
  Inspect: [
    {
      actions: ['lambda:GetFunctionConfiguration'],
      on: ['function', 'versions'],
      why: 'reads how both sides are set, and which version an alias points at',
    },
    {
      actions: ['lambda:GetFunctionConcurrency', 'lambda:ListProvisionedConcurrencyConfigs'],
      on: ['function'],
      why: 'sees how many invocations may be under way without taking production’s share, and what is kept ready and paid for',
    },
    {
      actions: ['lambda:GetAccountSettings'],
      on: ['everything'],
      why: 'reads the concurrency that no function has reserved; AWS grants it on * only',
    },
    {
      actions: ['lambda:InvokeFunction'],
      on: ['function', 'versions'],
      why: 'invokes each side once, so that a bad payload costs one invocation',
    },
  ],
  Plan: [],
  Measure: [
    {
      actions: ['lambda:GetFunctionConfiguration'],
      on: ['function'],
      why: 'sees whether somebody deployed $LATEST since the check began',
    },
    {
      actions: ['lambda:InvokeFunction'],
      on: ['function', 'versions'],
      why: 'invokes both sides',
    },
    {
      actions: ['logs:FilterLogEvents'],
      on: ['log groups'],
      why: 'sees which environment served an invocation, by the log stream of its report',
    },
    ASK_FOR_OWN_RUN,
  ],
  Judge: [],
};
