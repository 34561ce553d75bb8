import type { AwsError } from '../../contract/shared/aws-error.ts';
import type { UnreadLog } from '../../contract/shared/warnings/facts.ts';
import type { Warning, WarningCode } from '../../contract/shared/warnings/warning.ts';

/** Tells what AWS answered to a search of a log group, for words to say. */
export function unreadLog({ kind, code, action, message }: AwsError): Omit<UnreadLog, 'logGroup'> {
  return { denied: kind === 'denied', action, awsCode: code, awsMessage: message };
}

/** The code of the warning that says why reports are missing. */
const LATE_LOGS_UNREAD: WarningCode = 'late-logs-unread';

/**
 * Returns why reports are missing, for the error of a run without a result: its warnings are told nowhere else.
 * Empty where nothing is known.
 */
export function whyReportsAreMissing(warnings: readonly Warning[]): string {
  const messages = warnings.filter(({ code }) => code === LATE_LOGS_UNREAD);
  return [...new Set(messages.map(({ message }) => ` ${message}`))].join('');
}
