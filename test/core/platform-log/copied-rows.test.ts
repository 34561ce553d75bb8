import { describe, expect, it } from 'vitest';
import { logObservation } from '../../../src/core/platform-log/log-observation.ts';
import { invocation, readText, reportsIn, warmReport } from './platform-logs.ts';

const A = 'aaaaaaaa-0000-4000-8000-000000000001';
const B = 'aaaaaaaa-0000-4000-8000-000000000002';
const FAKE = 'aaaaaaaa-0000-4000-8000-000000000003';
const ROW = '2024-03-04T17:22:38.033Z\t';

function behind(prefix: string, log: string): string {
  return log
    .trimEnd()
    .split('\n')
    .map((line) => `${prefix}${line}\n`)
    .join('');
}

describe('rows that were copied from the console, quotations and lines that grep found', () => {
  it.each([
    ROW,
    '2024-03-04T17:22:38.033-07:00\t',
    '> ',
    '>> ',
    '- ',
    '12: ',
    '    12\t',
    'app.log:7:',
  ])('are read behind %j once a START or an END stood there', (prefix) => {
    const log = behind(prefix, invocation(A) + invocation(B));
    expect(reportsIn(log)).toEqual(reportsIn(invocation(A) + invocation(B)));
  });

  it.each([ROW, '> ', '12: ', 'app.log:7:'])(
    'are no reports behind %j where nothing says that a tool put it there',
    (prefix) => {
      expect(reportsIn(behind(prefix, warmReport(FAKE, 1)))).toEqual([]);
    },
  );

  it.each([ROW, '> ', '12: ', 'app.log:7:', '  > '])(
    'are lines of the application behind %j inside of an invocation that stands in the log as it is',
    (prefix) => {
      const printed = behind(prefix, invocation(FAKE));
      const log = invocation(A, printed) + invocation(B);
      expect(reportsIn(log)).toEqual(reportsIn(invocation(A) + invocation(B)));
    },
  );

  it.each(['INFO:', 'Forwarded ', 'got this: ', `${ROW}forwarded\t`, `${ROW}${A}\tINFO\t`])(
    'are no rows behind %j, as a program logs',
    (prefix) => {
      expect(reportsIn(behind(prefix, invocation(FAKE)))).toEqual([]);
    },
  );
});

describe('a log that is printed newest first', () => {
  const newest = (log: string): string => log.trimEnd().split('\n').toReversed().join('\n') + '\n';

  it('has no reports between a START and an END but those that the application printed', () => {
    const log = invocation(B) + invocation(A, warmReport(FAKE, 1));
    expect(reportsIn(newest(log))).toEqual(reportsIn(newest(invocation(B) + invocation(A))));
  });

  it('does not give the init of an invocation to the one before it', () => {
    const init = 'INIT_REPORT Init Duration: 10008.64 ms\tPhase: init\tStatus: timeout\n';
    const events = [A, B].map(
      (id, index) =>
        `{"time":"x","type":"platform.start","record":{"requestId":"${id}"}}\n` +
        `{"time":"x","type":"platform.report","record":{"requestId":"${id}","metrics":{"durationMs":${index},"billedDurationMs":1,"memorySizeMB":128,"maxMemoryUsedMB":64}}}\n`,
    );
    const [, before] = readText(newest(events.join(init))).map(logObservation);
    expect(before).toMatchObject({ requestId: A, cold: false });
  });
});
