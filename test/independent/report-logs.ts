import { json, type Route } from './front.ts';

interface LoggedReport {
  readonly logStreamName: string;
  readonly timestamp: number;
  readonly message: string;
}

/**
 * CloudWatch Logs of functions that run in front of moto, which keeps no logs of them: the report of each
 * invocation, in the stream of the environment that a cold start opened. Warm ones take turns.
 */
export class ReportLogs {
  readonly #reports = new Map<string, LoggedReport[]>();
  readonly #streams = new Map<string, string[]>();
  #warm = 0;

  add(functionName: string, version: string, log: string): void {
    const message = log.split('\n').find((line) => line.startsWith('REPORT RequestId:'));
    if (message === undefined) return;
    const streams = this.#streams.get(`${functionName}:${version}`) ?? [];
    this.#streams.set(`${functionName}:${version}`, streams);
    if (streams.length === 0 || message.includes('Init Duration:')) {
      const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
      streams.push(`${day}/[${version}]${String(streams.length).padStart(32, '0')}`);
    }
    const logStreamName = streams[this.#warm++ % streams.length] ?? '';
    const group = `/aws/lambda/${functionName}`;
    const reports = this.#reports.get(group) ?? [];
    reports.push({ logStreamName, timestamp: Date.now(), message });
    this.#reports.set(group, reports);
  }

  /** Answers FilterLogEvents for the groups of these functions; every other call is moto's. */
  readonly route: Route = ({ headers, body }) => {
    if (headers['x-amz-target'] !== 'Logs_20140328.FilterLogEvents') return Promise.resolve(null);
    const asked = JSON.parse(body.toString()) as {
      readonly logGroupName: string;
      readonly logStreamNamePrefix?: string;
      readonly filterPattern?: string;
      readonly startTime?: number;
      readonly endTime?: number;
    };
    const reports = this.#reports.get(asked.logGroupName);
    if (reports === undefined) return Promise.resolve(null);
    const { logStreamNamePrefix = '', startTime = 0, endTime = Infinity } = asked;
    // A quoted term, as Powerdial asks for it.
    const text = (asked.filterPattern ?? '').replace(/^"(.*)"$/, '$1');
    const events = reports.filter(
      ({ logStreamName, timestamp, message }) =>
        logStreamName.startsWith(logStreamNamePrefix) &&
        timestamp >= startTime &&
        timestamp <= endTime &&
        message.includes(text),
    );
    return Promise.resolve(json(200, { events }));
  };
}
