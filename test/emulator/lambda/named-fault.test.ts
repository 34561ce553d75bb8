import { expect, test } from 'vitest';
import { FAULT_NAMES } from '../../../src/emulator/lambda/named-fault.ts';
import { FAULT_CASES } from '../../faults/fault-cases.ts';

test('every kind of fault that has a name is put at the calls of a run', () => {
  const put = new Set(FAULT_CASES.map(({ fault }) => fault));
  expect(FAULT_NAMES.filter((name) => !put.has(name))).toEqual([]);
});
