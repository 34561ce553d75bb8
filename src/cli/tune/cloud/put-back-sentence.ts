import type { PutBackConfirmation } from './confirm-put-back.ts';

/** Tells what is known of the function after a run that did not end well. */
export function putBackSentence(functionName: string, confirmation: PutBackConfirmation): string {
  if (confirmation.kind === 'unconfirmed') {
    return `It could not be confirmed that ${functionName} is as it was: ${confirmation.why}. Run: powerdial restore ${functionName}`;
  }
  const { inUse } = confirmation;
  return inUse.length === 0
    ? `${functionName} is as it was.`
    : `${functionName} is as it was, but for version ${inUse.join(', ')} of the run: an alias points at it, so it stays.`;
}
