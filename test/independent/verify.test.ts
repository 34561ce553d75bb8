import { afterAll, beforeAll, expect, test } from 'vitest';
import { HELD_IN_MOTO } from '../../scripts/verify-aws/in-moto.ts';
import { startVerify } from '../verify-aws/verify-process.ts';
import { startMotoAccount, type MotoAccount } from './moto-account.ts';
import { describeWithMoto } from './moto.ts';

/** Answered in front of moto, which has no such operation or needs Docker for it: this proves nothing. */
const ANSWERED_IN_FRONT = [
  'account-settings',
  'provisioned-concurrency',
  'function-urls',
  'billed-holds-init',
  'executed-version',
  'no-such-version',
  'report-in-log-group',
  'stream-names-version',
];

/**
 * What AWS documents and moto 5.2.1 does otherwise: it guards no revision, refuses nothing and runs nothing, and it
 * counts no lines of logs by a query.
 */
const OTHERWISE_IN_MOTO = [
  'read-configuration',
  'stale-revision-refused',
  'description-too-long-refused',
  'publish-guards-code',
  'publish-guards-revision',
  'alias-guarded-by-revision',
  'no-provisioned-concurrency-is-404',
  'version-in-use-stays',
  'delete-version-only',
  'numbers-are-not-used-again',
  'tail-holds-report',
  'dry-run',
  'throttled-is-429',
  'payload-of-6-mb',
  'event-of-1-mb',
  'queue-settings-of-version',
  'queued-invocation-is-logged',
  'stream-prefix-narrows',
  'query-counts-by-computed-fields',
  'estimate-has-one-number',
  'coalesce-of-discovered-fields',
  'query-names-its-run',
  'query-results-in-pages',
  'query-results-come-to-an-end',
  'stop-query-stops',
  'log-group-tells-class',
];

interface Verdict {
  readonly left: readonly string[];
  readonly stopped: string | null;
  readonly assumptions: readonly { readonly id: string; readonly verdict: string }[];
}

describeWithMoto('npm run verify:aws with moto as the account', () => {
  let account: MotoAccount;

  beforeAll(async () => {
    account = await startMotoAccount();
  });

  afterAll(async () => {
    await account.close();
  });

  test('verify:aws makes its own function, tells what holds in moto and what does not, and leaves nothing', async () => {
    account.make({ name: 'of-somebody', versions: 1, settings: { MemorySize: 128, Timeout: 10 } });
    const before = account.state('of-somebody');
    const role = 'arn:aws:iam::123456789012:role/of-somebody-role';
    const { code, stdout, stderr } = await startVerify(
      [
        ...['--function', 'throw-away', '--create', '--role', role],
        ...['--yes', '--json', '--log-wait', '1'],
      ],
      { lambda: account.front.url },
    ).ended;
    const { left, stopped, assumptions } = JSON.parse(stdout) as Verdict;
    const those = (verdict: string): readonly string[] =>
      assumptions.flatMap((each) => (each.verdict === verdict ? [each.id] : [])).sort();
    expect(those('held'), stderr).toEqual([...HELD_IN_MOTO, ...ANSWERED_IN_FRONT].sort());
    expect(those('not-held')).toEqual([...OTHERWISE_IN_MOTO].sort());
    expect({ code, left, stopped }).toEqual({ code: 1, left: [], stopped: null });
    expect(() => account.state('throw-away')).toThrow(/ResourceNotFound|not found/i);
    expect(account.state('of-somebody')).toEqual(before);
  });
});
