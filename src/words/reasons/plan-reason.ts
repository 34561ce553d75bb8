import type { PlanReason } from '../../core/plan/plan-reason.ts';

/** Tells why a round is measured, or none any more, as a sentence. */
export function planReasonText(reason: PlanReason): string {
  switch (reason.code) {
    case 'larger-than-trial':
      return `The trial failed at ${reason.trialMb} MB: one invocation at ${reason.memoryMb} MB tells whether memory helps.`;
    case 'first-look':
      return 'A first look at every likely size.';
    case 'first-look-at-safe-sizes':
      return 'A first look at sizes that hold what the function uses.';
    case 'sizes-of-input':
      return 'The sizes and counts of the input.';
    case 'counts-incomplete':
      return 'The warm invocations and cold starts that the input asks for and that have not come yet.';
    case 'may-be-best':
      return `${reason.memorySizesMb.join(', ')} MB may still be the best size.`;
    case 'most-rounds-measured':
      return `${reason.rounds} rounds were measured.`;
    case 'counts-of-input-measured':
      return 'Every size was invoked as often as the input asks.';
    case 'cold-starts-of-input-measured':
      return 'The cold starts that the input asks for were measured.';
    case 'decision-settled':
      return 'More invocations would hardly change the decision.';
    case 'most-invocations-made':
      return `The decision is open, but the ${reason.mostInvocations} invocations of a run would be exceeded.`;
    case 'budget-used-up':
      return `The decision is open, but maxUsd of ${reason.maxUsd} would be exceeded.`;
    case 'as-much-as-brute-force':
      return 'The decision is open, but more would cost nearly as much as 50 invocations of every size: name a budget above the default, maxUsd, to go on.';
    case 'too-many-invocations':
      return `The ${reason.mostInvocations} invocations of a run would be exceeded.`;
    case 'died-at-largest-size':
      return 'The function ran out of memory at the largest size that Lambda has.';
    case 'every-size-too-small':
      return 'Every size of the input is smaller than what the function uses.';
  }
}
