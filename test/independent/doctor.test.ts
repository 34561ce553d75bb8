import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from '../cli/powerdial.ts';
import { startMotoAccount, type MotoAccount } from './moto-account.ts';
import { describeWithMoto } from './moto.ts';

interface Finding {
  readonly about: string;
  readonly state: string;
  readonly said: string;
}

describeWithMoto('powerdial doctor with the STS, IAM and Lambda of moto', () => {
  let account: MotoAccount;

  beforeAll(async () => {
    account = await startMotoAccount();
    account.make({ name: 'orders', versions: 1, aliases: {}, settings: { MemorySize: 512 } });
  });

  afterAll(async () => {
    await account.close();
  });

  test('doctor tells who moto says the caller is, and leaves changes unknown where IAM does not simulate', async () => {
    const before = account.state('orders');
    const ended = await start(['doctor', 'orders', '--json'], { env: account.environment }).ended;
    const { findings } = JSON.parse(ended.stdout) as { readonly findings: readonly Finding[] };
    const of = (about: string) => findings.find((each) => each.about === about);
    expect(of('identity')).toMatchObject({
      state: 'ok',
      // moto's own account and its user, as its GetCallerIdentity answers in XML.
      said: expect.stringMatching(
        /^arn:aws:sts::123456789012:\S+ in account 123456789012$/,
      ) as string,
    });
    expect(of('function')).toMatchObject({ state: 'ok' });
    // moto 5.2.1 has no SimulatePrincipalPolicy, so that reads and a dry run tell what they can.
    expect(of('permissions')).toMatchObject({ state: 'unknown' });
    expect(of('tune')).toMatchObject({
      state: 'unknown',
      said: expect.stringContaining('lambda:UpdateFunctionConfiguration') as string,
    });
    expect(of('check')).toMatchObject({ state: 'ok' });
    expect(account.state('orders')).toEqual(before);
  });
});
