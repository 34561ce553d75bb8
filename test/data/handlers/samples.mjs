// What public samples and frameworks do, one export each.
import { Worker } from 'node:worker_threads';

const config = await new Promise((resolve) => setTimeout(() => resolve({ table: 'orders' }), 5));

export const awaitsAtTopLevel = async () => config;

const WORK = 'const { parentPort, workerData } = require("node:worker_threads"); parentPort.postMessage(workerData * 2);';
const twice = (number) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(WORK, { eval: true, workerData: number });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
export const startsWorkers = async () => Promise.all([twice(1), twice(2)]);

export const answersBigInt = async () => ({ count: 10n });

setInterval(() => undefined, 1000);
export const leavesIntervalOpen = async () => 'answered';

export const simpleHttp = async (event) => ({
  statusCode: 200,
  body: JSON.stringify({ message: 'Go Serverless v4!', input: event }),
});
