import { expect, test } from 'vitest';
import { AwsError } from '../../src/contract/shared/aws-error.ts';
import { toReadableError } from '../../src/words/refusals/aws-refusal.ts';

const ACTION = 'lambda:UpdateFunctionConfiguration';
const ARN = 'arn:aws:lambda:us-east-1:444455556666:function:orders';

/** As Lambda words it for a caller whom the function's policy does not name. */
function denial(caller: string, resource = ARN): AwsError {
  return new AwsError({
    kind: 'denied',
    code: 'AccessDeniedException',
    action: ACTION,
    resource,
    message: `User: arn:aws:sts::${caller}:assumed-role/tuner/run is not authorized to perform: ${ACTION} on resource: ${ARN} because no resource-based policy allows the ${ACTION} action`,
  });
}

test('A denial on a function of another account names both accounts and where to run Powerdial', () => {
  const { name, message } = toReadableError(denial('111122223333'));
  expect(name).toBe('PermissionMissing');
  expect(message).toContain(
    'The function is in the account 444455556666, this caller in 111122223333.',
  );
  expect(message).toContain('with credentials of a role in 444455556666 (--profile)');
});

test.each([
  ['of the own account', denial('444455556666')],
  ['that is named without its account', denial('111122223333', 'orders')],
])('A denial on a function %s says nothing of other accounts', (_, error) => {
  expect(toReadableError(error).message).not.toContain('is in the account');
});
