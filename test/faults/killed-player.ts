import { lambdaDeps } from '../../src/aws/lambda-deps.ts';
import { playTune } from '../../src/play/play-tune.ts';
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
      ({ kind }) => tell(kind),
      (error: unknown) => tell(String(error)),
    )
    .finally(() => {
      close();
      if (process.connected) process.disconnect();
    });
});

/** Whoever asked may be gone by now: a bench that was stopped. */
function tell(kind: string): void {
  if (process.connected) process.send?.({ kind });
}
