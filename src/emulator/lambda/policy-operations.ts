import { attachmentPlace } from './attachment-place.ts';
import {
  conflict,
  invalidParameter,
  notFound,
  revisionMismatch,
  validation,
} from './lambda-exception.ts';
import type { Operation } from './operation.ts';
import { policyStatement } from './policy-statement.ts';
import { RequestBody } from './request-body.ts';

const POLICY = '/2015-03-31/functions/{FunctionName}/policy';

const MEMBERS = [
  'StatementId',
  'Action',
  'Principal',
  'SourceArn',
  'SourceAccount',
  'PrincipalOrgID',
  'EventSourceToken',
  'FunctionUrlAuthType',
  'RevisionId',
];

/** The resource policies of a function, of its versions and of its aliases: each has its own. */
export const POLICY_OPERATIONS: readonly Operation[] = [
  {
    name: 'AddPermission',
    method: 'POST',
    path: POLICY,
    run: (request, account) => {
      if (request.query.get('Qualifier') === '$LATEST') {
        throw invalidParameter('We currently do not support adding policies for $LATEST.');
      }
      const { fn, qualifier, arn } = attachmentPlace(request, account);
      const body = RequestBody.parse(request.body);
      body.refuseOthers(MEMBERS, 'AddPermission');
      checkRevision(body.string('RevisionId'), fn.revisionOf(qualifier));
      const statement = policyStatement(body, arn);
      if (!/^[a-zA-Z0-9-_]{1,100}$/.test(statement.Sid)) {
        throw validation(
          `1 validation error detected: Value '${statement.Sid}' at 'statementId' failed to satisfy constraint: Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)`,
        );
      }
      const before = fn.attachments.policies.get(qualifier) ?? [];
      if (before.some((each) => each.Sid === statement.Sid)) {
        throw conflict(
          `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        );
      }
      fn.attachments.policies.set(qualifier, [...before, statement]);
      fn.renewRevision(qualifier);
      return { status: 201, body: { Statement: JSON.stringify(statement) } };
    },
  },
  {
    name: 'RemovePermission',
    method: 'DELETE',
    path: `${POLICY}/{StatementId}`,
    run: (request, account) => {
      const { fn, qualifier } = attachmentPlace(request, account);
      const id = request.params['StatementId'] ?? '';
      const before = fn.attachments.policies.get(qualifier);
      if (before === undefined) throw notFound('No policy is associated with the given resource.');
      checkRevision(request.query.get('RevisionId'), fn.revisionOf(qualifier));
      const left = before.filter((each) => each.Sid !== id);
      if (left.length === before.length) {
        throw notFound(`Statement ${id} is not found in resource policy.`);
      }
      if (left.length === 0) fn.attachments.policies.delete(qualifier);
      else fn.attachments.policies.set(qualifier, left);
      fn.renewRevision(qualifier);
      return { status: 204 };
    },
  },
  {
    name: 'GetPolicy',
    method: 'GET',
    path: POLICY,
    run: (request, account) => {
      const { fn, qualifier } = attachmentPlace(request, account);
      const statements = fn.attachments.policies.get(qualifier);
      if (statements === undefined) throw notFound('The resource you requested does not exist.');
      const policy = { Version: '2012-10-17', Id: 'default', Statement: statements };
      return {
        status: 200,
        body: { Policy: JSON.stringify(policy), RevisionId: fn.revisionOf(qualifier) },
      };
    },
  },
];

function checkRevision(wanted: string | null, current: string): void {
  if (wanted !== null && wanted !== current) throw revisionMismatch();
}
