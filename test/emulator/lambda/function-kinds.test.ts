import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import { errorOf, fixture, ORDERS } from './lambda-fixture.ts';
import { echoHost } from './echo-host.ts';

const FunctionName = 'orders';
const read = new GetFunctionConfigurationCommand({ FunctionName });
const invoke = new InvokeCommand({ FunctionName });
const raiseMemory = new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 1024 });

describe('states', () => {
  test('Inactive: the first invocation fails and wakes it up', async () => {
    const { client, clock, host } = await fixture(
      {},
      {
        state: {
          state: 'Inactive',
          reason: 'The function is idle.',
          reasonCode: 'Idle',
          pendingMs: 5000,
        },
      },
    );
    expect(await client.send(read)).toMatchObject({
      State: 'Inactive',
      StateReason: 'The function is idle.',
      StateReasonCode: 'Idle',
    });
    const error = await errorOf(client.send(invoke));
    expect(error.name).toBe('ResourceNotReadyException');
    expect(error.$metadata.httpStatusCode).toBe(502);
    expect(await client.send(read)).toMatchObject({
      State: 'Pending',
      StateReasonCode: 'Restoring',
    });
    expect((await errorOf(client.send(invoke))).name).toBe('ResourceConflictException');
    clock.nowMs += 5000;
    expect((await client.send(read)).State).toBe('Active');
    expect((await client.send(invoke)).StatusCode).toBe(200);
    expect(host.invocations).toHaveLength(1);
  });

  // Recorded in boto/boto3#3788.
  test('Inactive, of a container image: with an error of its own', async () => {
    const { client } = await fixture(
      {},
      {
        packageType: 'Image',
        state: { state: 'Inactive', reason: 'The function is idle.', reasonCode: 'Idle' },
      },
    );
    expect(await errorOf(client.send(invoke))).toMatchObject({
      name: 'CodeArtifactUserPendingException',
      $metadata: { httpStatusCode: 409 },
    });
    expect((await client.send(invoke)).StatusCode).toBe(200);
  });

  test.each(['Pending', 'Failed'] as const)('%s: it cannot be invoked', async (state) => {
    const { client } = await fixture(
      {},
      { state: { state, reason: 'The image is gone.', reasonCode: 'InvalidImage' } },
    );
    expect(await client.send(read)).toMatchObject({
      State: state,
      StateReason: 'The image is gone.',
      StateReasonCode: 'InvalidImage',
    });
    expect(await errorOf(client.send(invoke))).toMatchObject({
      name: 'ResourceConflictException',
      message: `The operation cannot be performed at this time. The function is currently in the following state: ${state}`,
    });
  });

  test('Pending: it cannot be changed or published, until it is Active', async () => {
    const { client, clock } = await fixture(
      {},
      {
        state: {
          state: 'Pending',
          reason: 'The function is being created.',
          reasonCode: 'Creating',
          pendingMs: 1000,
        },
      },
    );
    expect((await errorOf(client.send(raiseMemory))).$metadata.httpStatusCode).toBe(409);
    const publish = new PublishVersionCommand({ FunctionName });
    expect((await errorOf(client.send(publish))).$metadata.httpStatusCode).toBe(409);
    clock.nowMs += 1000;
    expect((await client.send(raiseMemory)).MemorySize).toBe(1024);
  });
});

describe('kinds of functions are told by their configuration', () => {
  test('other functions have none of the marks', async () => {
    const { client } = await fixture();
    const configuration = await client.send(read);
    expect(configuration).toMatchObject({ PackageType: 'Zip', SnapStart: { ApplyOn: 'None' } });
    for (const member of [
      'VpcConfig',
      'MasterArn',
      'CapacityProviderConfig',
      'DurableConfig',
      'TenancyConfig',
      'DeadLetterConfig',
    ] as const) {
      expect(configuration[member]).toBeUndefined();
    }
  });

  test('a container image has neither runtime nor handler', async () => {
    const { client } = await fixture({}, { packageType: 'Image' });
    const configuration = await client.send(read);
    expect(configuration.PackageType).toBe('Image');
    expect(configuration.Runtime).toBeUndefined();
    expect(configuration.Handler).toBeUndefined();
  });

  test('VPC, Managed Instances, durable functions, tenants', async () => {
    const vpc = { vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
    const capacityProviderArn = 'arn:aws:lambda:eu-west-1:123456789012:capacity-provider:big';
    const { client } = await fixture(
      {},
      {
        vpc,
        capacityProviderArn,
        durable: { executionTimeoutSeconds: 3600, retentionDays: 14 },
        tenantIsolation: true,
      },
    );
    expect(await client.send(read)).toMatchObject({
      VpcConfig: { VpcId: 'vpc-1', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
      CapacityProviderConfig: {
        LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: capacityProviderArn },
      },
      DurableConfig: { ExecutionTimeout: 3600, RetentionPeriodInDays: 14 },
      TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
    });
  });

  test('a Lambda@Edge replica names its master, and is called by its Region', async () => {
    const { client, endpoint } = await fixture();
    const masterArn = 'arn:aws:lambda:us-east-1:123456789012:function:edge:3';
    const name = 'us-east-1.edge';
    endpoint.addFunction({ ...ORDERS, name, host: echoHost(), masterArn });
    const replica = new GetFunctionConfigurationCommand({ FunctionName: name });
    expect((await client.send(replica)).MasterArn).toBe(masterArn);
    expect(() => endpoint.addFunction({ ...ORDERS, name: 'a.b', host: echoHost() })).toThrow(
      /letters/,
    );
  });
});
