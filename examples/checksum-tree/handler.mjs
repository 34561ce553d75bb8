// Several CPUs: hashes the blocks of a file in two worker threads. Two threads fill two vCPUs, so it goes
// on getting faster past the 1,769 MB where work in a single thread stops.
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';

const THREADS = 2;
const BLOCK_BYTES = 1024 * 1024;

// Started once, in the init: later invocations find them waiting.
const workers = Array.from(
  { length: THREADS },
  () => new Worker(new URL('./hash-blocks.mjs', import.meta.url)),
);
for (const worker of workers) worker.unref();

/** Event: { "blocks": 48 }. Answers the hash over the hashes of all blocks, each of 1 MB. */
export async function handler(event) {
  const parts = await Promise.all(
    workers.map((worker, index) => {
      const blocks = [];
      for (let block = index; block < event.blocks; block += THREADS) blocks.push(block);
      return ask(worker, { blocks, blockBytes: BLOCK_BYTES });
    }),
  );
  const leaves = parts.flat().toSorted((a, b) => a.block - b.block);
  const root = createHash('sha512');
  for (const { hash } of leaves) root.update(hash);
  return { blocks: leaves.length, threads: THREADS, root: root.digest('hex') };
}

function ask(worker, message) {
  return new Promise((resolve, reject) => {
    worker.ref();
    worker.once('error', reject);
    worker.once('message', (answer) => {
      worker.off('error', reject);
      worker.unref();
      resolve(answer);
    });
    worker.postMessage(message);
  });
}
