import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

parentPort.on('message', ({ blocks, blockBytes }) => {
  const bytes = Buffer.alloc(blockBytes);
  const answer = blocks.map((block) => {
    // The contents of a block of our made-up file: its number, over and over.
    for (let at = 0; at < blockBytes; at += 4) bytes.writeUInt32LE(block + at, at);
    return { block, hash: createHash('sha512').update(bytes).digest('hex') };
  });
  parentPort.postMessage(answer);
});
