import type {
  CheckedFunction,
  CheckResult,
  FailedFunction,
  MetricJudgement,
} from '../../contract/check/check.ts';
import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { escapeText } from '../markup/escape-text.ts';
import { isFailure, judgementSentence, lookAt, ruleText } from '../../words/check/check-words.ts';

/**
 * Returns a check as JUnit XML, as CodeBuild, GitLab and Jenkins read it: a suite for each function, a test
 * for each rule. What could not be judged is skipped, a broken rule of level warn is told and passes; what
 * could not be measured is an error.
 */
export function checkJunit(result: CheckResult): string {
  const { failed, warnings } = result;
  const suites = [
    ...result.functions.map(suite),
    ...failed.map(failedSuite),
    ...(warnings.length === 0 ? [] : [warningsSuite(warnings)]),
  ];
  const tests = result.functions.flatMap((each) => each.metrics);
  const failures = tests.filter(isBroken).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="powerdial check" tests="${tests.length + failed.length + warnings.length}" failures="${failures}" errors="${failed.length}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(each: CheckedFunction): string {
  const broken = each.metrics.filter(isBroken).length;
  const skipped = each.metrics.filter(isSkipped).length;
  return [
    `  <testsuite name="${escapeText(each.function)}" tests="${each.metrics.length}" failures="${broken}" errors="0" skipped="${skipped}">`,
    ...each.metrics.map((judgement) => testcase(each, judgement)),
    '  </testsuite>',
  ].join('\n');
}

function testcase(each: CheckedFunction, judgement: MetricJudgement): string {
  const { region } = each.head.key;
  const { metric, rule, unit, verdict } = judgement;
  const name = escapeText(`${metric} ${ruleText(rule, unit, region)}`);
  const sentence = escapeText(judgementSentence(judgement, region));
  const inner = isBroken(judgement)
    ? `<failure type="${verdict}" message="${sentence}">${sentence}\nlook at ${escapeText(lookAt(metric))}</failure>`
    : isSkipped(judgement)
      ? `<skipped message="${sentence}"/>`
      : `<system-out>${sentence}</system-out>`;
  return `    <testcase classname="${escapeText(each.function)}" name="${name}">${inner}</testcase>`;
}

function failedSuite({ function: name, error, cause }: FailedFunction): string {
  const message = escapeText(`${error}: ${cause}`);
  return [
    `  <testsuite name="${escapeText(name)}" tests="1" failures="0" errors="1" skipped="0">`,
    `    <testcase classname="${escapeText(name)}" name="measure"><error type="${escapeText(error)}" message="${message}"/></testcase>`,
    '  </testsuite>',
  ].join('\n');
}

/** Tells what was not even begun, such as a function without its baseline: skipped, and no pass. */
function warningsSuite(warnings: readonly Warning[]): string {
  const cases = warnings.map(
    ({ code, message }) =>
      `    <testcase classname="powerdial check" name="${escapeText(code)}"><skipped message="${escapeText(message)}"/></testcase>`,
  );
  return [
    `  <testsuite name="powerdial check" tests="${warnings.length}" failures="0" errors="0" skipped="${warnings.length}">`,
    ...cases,
    '  </testsuite>',
  ].join('\n');
}

function isBroken(judgement: MetricJudgement): boolean {
  return isFailure(judgement) && judgement.rule.level === 'error';
}

function isSkipped({ verdict }: MetricJudgement): boolean {
  return verdict === 'inconclusive' || verdict === 'incompatible';
}
