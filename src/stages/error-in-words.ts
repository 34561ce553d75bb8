import type { AwsError } from '../contract/aws-error.ts';
import { PowerdialError } from '../contract/errors.ts';

/**
 * An error of AWS for people: which action on which resource, and where what is missing is listed.
 *
 * @param who what needs the permission, as `docs/security.md` lists it
 */
export function errorInWords(error: AwsError, who = 'each stage'): PowerdialError {
  const { action, resource, code, message } = error;
  const facts = { action, resource, code };
  return error.kind === 'denied'
    ? new PowerdialError(
        'PermissionMissing',
        `Call ${action} on ${resource}: wanted permission, AWS answered ${code}: ${message}. docs/security.md lists what ${who} needs.`,
        { cause: error, facts },
      )
    : new PowerdialError(
        'AwsCallFailed',
        `Call ${action} on ${resource}: AWS answered ${code}: ${message}`,
        { cause: error, facts },
      );
}
