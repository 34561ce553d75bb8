import type { AwsError } from '../../contract/shared/aws-error.ts';
import { PowerdialError } from '../../contract/shared/errors.ts';

/**
 * Returns an error of AWS for people: which action on which resource, and where what is missing is listed.
 *
 * @param who what needs the permission, as `docs/security.md` lists it
 */
export function toReadableError(error: AwsError, who = 'each stage'): PowerdialError {
  const { action, resource, code, message } = error;
  const facts = { action, resource, code };
  return error.kind === 'denied'
    ? new PowerdialError(
        'PermissionMissing',
        `Call ${action} on ${resource}: wanted permission, AWS answered ${code}: ${message}.${missingObject(error)} docs/security.md lists what ${who} needs.`,
        { cause: error, facts },
      )
    : new PowerdialError(
        'AwsCallFailed',
        `Call ${action} on ${resource}: AWS answered ${code}: ${message}${elsewhere(error)}`,
        { cause: error, facts },
      );
}

/** S3 does not tell the two apart to those who may not list the bucket. */
function missingObject({ action }: AwsError): string {
  return action === 's3:GetObject' ? ' Or there is no such object: check its name first.' : '';
}

/** The call was repeated in the bucket's region already, where S3 named one. */
function elsewhere({ code }: AwsError): string {
  return code === 'PermanentRedirect'
    ? ' The bucket is in another region, and S3 did not say in which: copy the payload into a bucket in the region of the function.'
    : '';
}
