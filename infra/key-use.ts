import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';

/**
 * Lets a key be used for what the tuner stores: by CloudWatch Logs for its log groups, and by those who read
 * executions. The key's own policy changes only where the key is part of the same app.
 */
export function allowUseOfKey(
  key: IKey,
  scope: IConstruct,
  workflowName: string,
  readers: readonly IGrantable[],
): void {
  const stack = Stack.of(scope);
  const logGroups = ['/aws/lambda/', '/aws/vendedlogs/states/'].map((folder) =>
    stack.formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `${folder}${workflowName}*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: `LogsOf${workflowName.replaceAll(/\W|_/g, '')}`,
      principals: [new ServicePrincipal(`logs.${Aws.REGION}.${Aws.URL_SUFFIX}`)],
      actions: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncrypt*',
        'kms:GenerateDataKey*',
        'kms:Describe*',
      ],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
    }),
  );
  const stateMachineArn = stack.formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: workflowName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  for (const reader of readers) {
    reader.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        sid: 'InputOfExecutions',
        actions: ['kms:Decrypt'],
        resources: [key.keyArn],
        conditions: {
          StringEquals: { 'kms:EncryptionContext:aws:states:stateMachineArn': stateMachineArn },
        },
      }),
    );
  }
}
