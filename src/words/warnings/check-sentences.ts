import type { CHECK_WARNINGS } from '../../contract/shared/warnings/check-warnings.ts';
import { busyText } from '../busy.ts';
import { percentText } from '../format/percent.ts';
import { trialText, failureText } from '../trial.ts';
import { unreadLogText } from '../unread-log.ts';
import type { Sentences } from './sentences.ts';

const PRESUMED =
  'Each is presumed to differ by 5 % from the others, and the cold starts seen count as their number; more invocations are needed for the same verdict.';

/** What is worth knowing about the two sides of a check. */
export const CHECK_SENTENCES: Sentences<typeof CHECK_WARNINGS> = {
  'log-streams-unread': (facts) =>
    `The log streams of ${facts.logGroup} cannot be read: ${unreadLogText(facts)}. So nothing tells which environment served an invocation. ${PRESUMED}`,
  'log-streams-partly-read': ({ logGroup, missing, invocations }) =>
    `A search of the log group ${logGroup} came to no end in time, so nothing tells which environment served ${missing} of ${invocations} invocations. ${PRESUMED}`,
  'measuring-died': ({ calls, invocations }) =>
    `${calls === 1 ? 'A call' : `${calls} calls`} of Measure ended without an answer: up to ${invocations} invocations count as made, at the most that they can have cost, and are in no other figure. The log of Measure says why it ended.`,
  'concurrency-unread': ({ action, concurrency }) =>
    `The concurrency limits may not be read (${action}), so at most ${concurrency} invocations are under way at once. docs/ci.md lists the permissions.`,
  'invocations-failed': ({ head, base }) =>
    `${head.failed} of ${head.invocations} invocations of the head did not end well${base === null ? '' : `, ${base.failed} of ${base.invocations} of the base`}; they are in no duration. ${base === null ? 'A budget on errors judges them.' : 'The rule on errors judges them.'}`,
  'head-failed-trial': (facts) =>
    `The head failed when it was tried with the payload before measuring (${trialText(facts)}: ${failureText(facts)}), and the base did not; it is measured all the same.`,
  'same-version': ({ function: name, version }) =>
    `Base and head are both ${name}:${version}: this compares a version with itself.`,
  'settings-differ': ({ settings }) =>
    `Base and head differ in ${settings.join(', ')}: the change is of code and setting together.`,
  'stored-baseline': ({ driftSpread, command }) => {
    const allowed = `of ${percentText(driftSpread)} (standard deviation) is allowed for before anything counts as regressed or improved, and a drift the other way can hide a change.`;
    return command === 'check'
      ? `The baseline is stored: what its hosts, their region's load and other services were like that day is unknown. A drift ${allowed} Measuring both sides together (--base <version>) needs no such allowance.`
      : `These are two runs at two times: a drift between them ${allowed} powerdial check measures both sides together.`;
  },
  'not-confirmed': ({ error, cause }) =>
    `What regressed could not be measured again: ${error}: ${cause}`,
  'rule-hard-to-judge': (facts) => {
    const what = `${facts.rule === 'budget' ? 'a budget of' : 'a change of'} ${facts.metric}`;
    const takes =
      facts.neededInvocations > facts.mostInvocations
        ? `it takes about ${facts.neededInvocations}, more than a check may make; judge a lower quantile`
        : `it takes about ${facts.neededInvocations}: --max-invocations ${facts.neededInvocations}`;
    const stays = facts.never ? 'stays inconclusive' : 'may stay inconclusive';
    return `${facts.function}: ${what} ${stays} with ${facts.maxInvocations} invocations; ${takes}`;
  },
  'baseline-of-another-name': ({ base, head, file }) =>
    file === null
      ? `The base is of ${base}, the head of ${head}: compared as one function that was renamed.`
      : `The baseline ${file} is of ${base}, and ${head} is compared with it: the only one in there. Where they are two functions, make a baseline of ${head}.`,
  'new-function': ({ function: name, base, measured }) =>
    `${name} is new: there is no ${base} to compare it with, so ${measured ? 'only budgets judged it' : 'nothing judged it'}.`,
  'machine-busy': ({ function: name, ...busy }) =>
    `While ${name} was measured, ${busyText(busy)}. Measure on a machine that does nothing else.`,
  'no-baseline': ({ file, function: name, unjudged, command }) =>
    `There is no baseline ${file} for ${name} yet${unjudged ? ', so no change was judged' : ''}. This makes one: ${command}`,
};
