import type { UnreadLog } from '../contract/shared/warnings/facts.ts';

/**
 * Tells why a log group could not be searched, and what helps, as the rest of a sentence. Groups of another
 * class than Standard answer `InvalidOperationException: The log group … is of log-group-class
 * INFREQUENT_ACCESS. FilterLogEvents is not supported for this log class.` (as aws/karpenter-provider-
 * aws#9567 prints it, 2026-09).
 */
export function unreadLogText({
  denied,
  action,
  awsCode,
  awsMessage,
}: Omit<UnreadLog, 'logGroup'>): string {
  const answer = `${action}: ${awsCode}: ${awsMessage.replace(/\.$/, '')}`;
  if (awsCode === 'InvalidOperationException') {
    return `its class is not Standard (${answer}). A group's class cannot be changed: give the function a log group of the Standard class`;
  }
  return denied
    ? `the permission is missing (${answer}). docs/security.md and docs/ci.md list it`
    : answer;
}
