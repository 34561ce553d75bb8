import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { recordedFunction } from '../../../src/emulator/recorded/recorded-function.ts';
import { readRecording, type Recording } from '../../../src/emulator/recorded/recording.ts';
import { errorOf, fixture } from '../lambda/lambda-fixture.ts';

const FunctionName = 'thumbnail';

function recordingOf(memory: Record<string, unknown>, timeoutSeconds?: number): Recording {
  const reading = readRecording({
    name: FunctionName,
    architecture: 'arm64',
    memory,
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  });
  if (reading.kind === 'invalid') throw new Error(reading.problems.join('\n'));
  return reading.recording;
}

test('a recorded function is tuned by hand through the SDK', async () => {
  const recording = recordingOf({
    '128': { warmMs: [400], initMs: [180], maxMemoryUsedMb: 90 },
    '512': { warmMs: [100], initMs: [180], maxMemoryUsedMb: 90 },
  });
  const { client } = await fixture({ functions: [recordedFunction(recording, { seed: 1 })] });
  const read = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  expect(read).toMatchObject({ MemorySize: 512, Timeout: 60, Architectures: ['arm64'] });

  const durations: (string | undefined)[] = [];
  for (const MemorySize of [128, 256, 512]) {
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize }));
    const { Version } = await client.send(
      new PublishVersionCommand({ FunctionName, Description: `${MemorySize} MB` }),
    );
    for (let count = 0; count < 2; count += 1) {
      const answer = await client.send(
        new InvokeCommand({ FunctionName, Qualifier: Version, LogType: 'Tail' }),
      );
      const log = Buffer.from(answer.LogResult ?? '', 'base64').toString();
      expect(log).toContain(`REPORT RequestId: ${answer.$metadata.requestId}\t`);
      durations.push(/\tDuration: .*/.exec(log)?.[0].trim());
    }
  }
  expect(durations).toEqual([
    'Duration: 400.00 ms\tBilled Duration: 580 ms\tMemory Size: 128 MB\tMax Memory Used: 90 MB\tInit Duration: 180.00 ms',
    'Duration: 400.00 ms\tBilled Duration: 400 ms\tMemory Size: 128 MB\tMax Memory Used: 90 MB',
    'Duration: 200.00 ms\tBilled Duration: 380 ms\tMemory Size: 256 MB\tMax Memory Used: 90 MB\tInit Duration: 180.00 ms',
    'Duration: 200.00 ms\tBilled Duration: 200 ms\tMemory Size: 256 MB\tMax Memory Used: 90 MB',
    'Duration: 100.00 ms\tBilled Duration: 280 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB\tInit Duration: 180.00 ms',
    'Duration: 100.00 ms\tBilled Duration: 100 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB',
  ]);
});

test('sizes that were not recorded are refused with the reason', async () => {
  const recording = recordingOf({ '256': { warmMs: [1] }, '1024': { warmMs: [1] } });
  const { client } = await fixture({ functions: [recordedFunction(recording, { seed: 1 })] });
  const set = (MemorySize: number) =>
    client.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize }));
  expect((await errorOf(set(128))).message).toBe(
    "'MemorySize' value failed to satisfy constraint: the embedded endpoint cannot give thumbnail 128 MB (thumbnail was recorded from 256 to 1024 MB)",
  );
  expect((await errorOf(set(2048))).message).toBe(
    "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 1024 (thumbnail was recorded from 256 to 1024 MB)",
  );
});

test.each([
  [{ '128': { warmMs: [1] }, '256': { warmMs: [1] } }, 256],
  [{ '1024': { warmMs: [1] }, '2048': { warmMs: [1] } }, 1024],
  [{ '128': { warmMs: [1] }, '2048': { warmMs: [1] } }, 512],
])(
  'a recorded function has 512 MB before tuning, or the nearest that was recorded: %j',
  (memory, memoryMb) => {
    expect(recordedFunction(recordingOf(memory), { seed: 1 }).memoryMb).toBe(memoryMb);
  },
);

test('a recorded function has the timeout of its recording unless another is wanted, and other recordings are other code', () => {
  const recording = recordingOf({ '512': { warmMs: [1] } }, 30);
  expect(recordedFunction(recording, { seed: 1 }).timeoutSeconds).toBe(30);
  expect(recordedFunction(recording, { seed: 1, timeoutSeconds: 5 }).timeoutSeconds).toBe(5);
  const other = recordingOf({ '512': { warmMs: [2] } }, 30);
  expect(recordedFunction(other, { seed: 1 }).codeSha256).not.toBe(
    recordedFunction(recording, { seed: 1 }).codeSha256,
  );
});
