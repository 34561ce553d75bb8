import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { lookAround, describeMissing, type Machine } from './machine.ts';

declare module 'vitest' {
  interface ProvidedContext {
    machine: Machine;
  }
}

/**
 * Before the first test file: looks around once for all of them and says what they will skip; and gives
 * them a folder of this run for temporary files, so that two runs at once never meet and nothing stays.
 */
export default function setup(project: TestProject): () => void {
  const temporary = mkdtempSync(path.join(tmpdir(), 'powerdial-suite-'));
  process.env['TMPDIR'] = temporary;
  const machine = lookAround();
  project.provide('machine', machine);
  for (const sentence of describeMissing(machine)) process.stderr.write(`${sentence}\n`);
  return () => rmSync(temporary, { recursive: true, force: true });
}
