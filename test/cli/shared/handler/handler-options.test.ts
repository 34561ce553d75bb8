import { expect, test } from 'vitest';
import { settleOptions } from '../../../../src/cli/tune/settle-options.ts';

test('options for a local handler are refused where none is named, without their values', async () => {
  const settled = settleOptions('my-fn', {
    env: ['TABLE=orders'],
    root: '.',
    awsCredentials: true,
  });
  await expect(settled).rejects.toMatchObject({
    problems: [
      expect.stringMatching(/^--env: it is for handlers on this machine/),
      expect.stringMatching(/^--root: /),
      expect.stringMatching(/^--aws-credentials: /),
    ],
  });
  await expect(settled).rejects.not.toThrow('orders');
});
