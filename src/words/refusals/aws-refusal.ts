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
        `Call ${action} on ${resource}: wanted permission, AWS answered ${code}: ${message}.${missingObject(error)}${otherAccount(error)} docs/security.md lists what ${who} needs.`,
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

/**
 * Tells that the function belongs to another account than the caller, whose own policy is then not enough.
 * A function's policy can allow "most API actions" to other accounts (Lambda developer guide, "Granting Lambda
 * function access to other accounts", 2026-11), and awsdocs/aws-lambda-developer-guide#139 names
 * UpdateFunctionConfiguration among those that were refused all the same. Nobody here tried it on AWS, so
 * such a function is not refused before AWS does.
 */
function otherAccount({ resource, message }: AwsError): string {
  const owner = /^arn:aws[a-z-]*:lambda:[^:]*:(\d{12}):function:/.exec(resource)?.[1];
  const caller = /^User: arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):/.exec(message)?.[1];
  if (owner === undefined || caller === undefined || owner === caller) return '';
  return ` The function is in the account ${owner}, this caller in ${caller}. A run changes the function's configuration, which Lambda is known to refuse to other accounts whatever the function's policy allows: deploy Powerdial there, or run \`powerdial tune --embedded\` with credentials of a role in ${owner} (--profile).`;
}

/** The call was repeated in the bucket's region already, where S3 named one. */
function elsewhere({ code }: AwsError): string {
  return code === 'PermanentRedirect'
    ? ' The bucket is in another region, and S3 did not say in which: copy the payload into a bucket in the region of the function.'
    : '';
}
