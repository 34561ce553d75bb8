import { rulesOf, type CheckConfig } from '../../contract/check-config.ts';
import { readLimit, CHANGE_GRAMMAR } from '../../contract/check-limit.ts';
import type { CheckedFunction, CheckRule } from '../../contract/check.ts';
import { isSameFunction } from '../../core/compare/checked-name.ts';
import { judge } from '../../core/compare/judge.ts';
import type { Side } from '../../core/compare/side-sample.ts';
import { toCheckTable } from '../../stages/check/check-codec.ts';
import { UsageError, type ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import type { CompareOptions } from './check-options.ts';
import { checkResult, endCheck, outProblems } from './end-check.ts';
import { readObservedFile, type ObservedFile, type ObservedFunction } from './observed-file.ts';
import { ownEntry } from './own-entry.ts';
import { prepareFolders } from './prepare-folders.ts';
import { readConfig } from './read-config.ts';

interface Pair {
  readonly name: string;
  readonly base: Side;
  readonly head: Side;
  readonly rules: readonly CheckRule[];
}

/** `powerdial compare`: the judgement of a check on two files, without measuring. */
export async function runCompare(
  basePath: string,
  headPath: string,
  options: CompareOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const problems = [...outProblems(options)];
  problems.push(...(await prepareFolders({ '--out': options.out ?? [] })));
  if (problems.length > 0) throw new UsageError(problems);
  const { memory: _, ...rest } = options;
  const config = await readConfig(rest);
  const [base, head] = [await readObservedFile(basePath), await readObservedFile(headPath)];
  const pairs = pairsOf(base, head, options, config);
  const comparisons = pairs.reduce((sum, { rules }) => sum + rules.length, 0);
  const driftSpread = readLimit(config.baselineDrift, CHANGE_GRAMMAR);
  const functions = pairs.map((pair): CheckedFunction => {
    const metrics = judge(pair.rules, pair, {
      comparisons,
      falseAlarmRate: config.falseAlarmRate,
      // One look, which may spend everything.
      shareOfLook: 1,
      driftSpread,
    });
    const message = `These are two runs at two times: a drift between them of ${(100 * driftSpread).toFixed(0)} % (standard deviation) is allowed for before anything counts as regressed or improved, and a drift the other way can hide a change. powerdial check measures both sides together.`;
    return {
      function: pair.name,
      base: pair.base.facts,
      head: pair.head.facts,
      baseline: 'stored',
      looks: 1,
      metrics,
      spent: { invocations: 0, gbSeconds: 0, usd: 0 },
      warnings: [{ code: 'stored-baseline', message }],
      observations: toCheckTable({
        base: pair.base.observations,
        head: pair.head.observations,
      }),
    };
  });
  return endCheck(checkResult(functions, config.falseAlarmRate), options, terminal);
}

function pairsOf(
  base: ObservedFile,
  head: ObservedFile,
  options: CompareOptions,
  config: CheckConfig,
): readonly Pair[] {
  const heads = functionsOf(head, base, options);
  const bases = functionsOf(base, head, options);
  return heads.map(({ name, side }) => {
    // One function in each file is the same one, whatever it was called.
    const alone = heads.length === 1 && bases.length === 1 ? bases[0] : undefined;
    const found =
      alone ??
      bases.find((each) => each.name === name) ??
      bases.find((each) => isSameFunction(each.name, name));
    if (found === undefined) {
      throw new UsageError([
        `compare: ${name} is in the head's file only; the base's has ${bases.map((each) => each.name).join(', ')}`,
      ]);
    }
    const own = ownEntry(config, name);
    return { name, base: found.side, head: side, rules: rulesOf(config, own) };
  });
}

function functionsOf(
  file: ObservedFile,
  other: ObservedFile,
  { memory }: CompareOptions,
): readonly ObservedFunction[] {
  if (file.kind === 'check') return file.functions;
  const wanted = memory === undefined ? sizesOf(other) : [Number(memory.replace(/\s*MB$/i, ''))];
  const memoryMb = file.sizes.find((size) => wanted.includes(size));
  if (memoryMb === undefined) {
    throw new UsageError([
      `compare: wanted a memory size that both measured${memory === undefined ? '' : `, ${memory} MB`}; one has ${file.sizes.join(', ')}, the other ${sizesOf(other).join(', ')}`,
    ]);
  }
  return [file.at(memoryMb)];
}

function sizesOf(file: ObservedFile): readonly number[] {
  return file.kind === 'tune'
    ? file.sizes
    : file.functions.map(({ side }) => side.facts.key.memoryMb);
}
