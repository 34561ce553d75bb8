import type { AwsError } from '../../contract/shared/aws-error.ts';
import type { Warning } from '../../contract/tune/state.ts';

/**
 * Why a log group could not be searched, and what helps, as the rest of a sentence. Groups of another class
 * than Standard answer `InvalidOperationException: The log group … is of log-group-class INFREQUENT_ACCESS.
 * FilterLogEvents is not supported for this log class.` (as aws/karpenter-provider-aws#9567 prints it, 2026-09).
 */
export function whyLogUnread({ kind, code, action, message }: AwsError): string {
  const answer = `${action}: ${code}: ${message.replace(/\.$/, '')}`;
  if (code === 'InvalidOperationException') {
    return `its class is not Standard (${answer}). A group's class cannot be changed: give the function a log group of the Standard class`;
  }
  return kind === 'denied'
    ? `the permission is missing (${answer}). docs/security.md and docs/ci.md list it`
    : answer;
}

/** The code of the warning that says why reports are missing. */
export const LATE_LOGS_UNREAD = 'late-logs-unread';

/** The same for a run that came to nothing: its warnings are told nowhere else. Empty where nothing is known. */
export function whyReportsAreMissing(warnings: readonly Warning[]): string {
  const messages = warnings.filter(({ code }) => code === LATE_LOGS_UNREAD);
  return [...new Set(messages.map(({ message }) => ` ${message}`))].join('');
}
