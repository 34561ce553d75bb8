import { describe, expect, it } from 'vitest';
import { WARNINGS } from '../../src/contract/shared/warnings/warning.ts';
import { aboutFacts } from '../../src/words/result/about.ts';
import { sortWarnings } from '../../src/words/result/blockers.ts';
import { monthText, oddsText } from '../../src/words/result/odds.ts';
import { change, told } from '../report/fixtures/results.ts';

const plain = (text: string | null | undefined) => text?.replaceAll('\u00a0', ' ');
const factsOf = (result: typeof change): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(aboutFacts(result).map(({ label, text }) => [label, plain(text)]));

describe('the facts that a page begins with', () => {
  it('tell which run it is of', () => {
    expect(factsOf(told)).toEqual({
      measured: '2026-11-28 09:41 UTC',
      code: 'sha256 q8bN3vXk',
      runtime: 'nodejs24.x, arm64',
      where: 'eu-west-1',
      goal: 'best-value, within 5 %',
      payload: 'large-order.json',
      n: '316 invocations, 6 sizes',
      tool: 'Powerdial 0.1.0',
    });
  });

  it('name the machine and the commit of a handler that ran on one', () => {
    if (told.run === undefined) throw new Error('no run');
    const machine = { processor: 'AMD EPYC 7R13', cores: 4, cpus: 1.5 };
    const run = { ...told.run, region: null, machine, commit: 'abcdef0123456789' };
    const { where, code } = factsOf({ ...told, run, emulated: true });
    expect(where).toBe('AMD EPYC 7R13, 1.5 of 4 cores');
    expect(code).toBe('commit abcdef01');
  });

  it('leave out what a result of an earlier version does not know', () => {
    expect(Object.keys(factsOf(change))).toEqual(['runtime', 'where', 'goal', 'payload', 'n']);
    expect(factsOf(change)['payload']).toBe('{}');
  });
});

describe('the odds', () => {
  it('name the runner-up with its own', () => {
    expect(plain(oddsText(told))).toBe('97 % sure of 1769 MB; runner-up 1024 MB with 2.8 %');
    expect(plain(oddsText(change))).toBe('97 % sure of 1769 MB');
  });

  it('are left out where nothing was told', () => {
    const confidence = { ...change.confidence, withinTolerance: null };
    expect(oddsText({ ...change, confidence })).toBeNull();
  });

  it('stand beside what a month costs, where the traffic is known', () => {
    expect(plain(monthText(told))).toBe(
      '3,000,000 invocations a month: 30.06 USD at 1769 MB, 30.48 USD now',
    );
    expect(monthText(change)).toBeNull();
  });
});

describe('blockers', () => {
  it('are warnings that exist, and nearly full memory is one at the recommended size alone', () => {
    const codes = Object.keys(WARNINGS);
    const warnings = codes.map((code) => ({ code, message: code, memoryMb: 128 }));
    const { blockers, notes } = sortWarnings({ ...change, warnings });
    expect(blockers.length + notes.length).toBe(codes.length);
    expect(blockers.map(({ code }) => code)).toContain('interrupted');
    expect(blockers.map(({ code }) => code)).not.toContain('memory-nearly-full');
    const full = { code: 'memory-nearly-full', message: '', memoryMb: 1769 };
    expect(sortWarnings({ ...change, warnings: [full] }).blockers).toEqual([full]);
  });
});
