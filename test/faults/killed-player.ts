import { lambdaDeps } from '../../src/aws/lambda-deps.ts';
import { playTune } from '../../src/local/play-tune.ts';
import type { PlayerOrder } from './player-process.ts';

/**
 * A process that plays one run, for tests that kill it: it is told by a message what to play, so that it
 * can be started ahead of time, and tells in one how the run ended.
 */
process.once('message', (order: PlayerOrder) => {
  const { close, ...deps } = lambdaDeps({
    endpoint: order.url,
    region: order.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  playTune({
    input: order.input,
    world: { ...deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent: () => undefined,
    name: order.run,
  })
    .then(
      (played) => process.send?.({ kind: played.kind }),
      (error: unknown) => process.send?.({ kind: String(error) }),
    )
    .finally(() => {
      close();
      process.disconnect();
    });
});
