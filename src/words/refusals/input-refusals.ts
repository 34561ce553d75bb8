import { amountText } from '../format/money.ts';
import { planReasonText } from '../reasons/plan-reason.ts';
import type { PlanReason } from '../../core/plan/plan-reason.ts';
import { refusalRow } from './refusal-row.ts';

/** What an input asks for and cannot have. Each sentence begins with the key that is to be changed. */
export const INPUT_REFUSALS = {
  /** Problems that were put into words where the input was parsed. */
  'invalid-input': refusalRow('InvalidInput', (facts: { readonly problems: readonly string[] }) =>
    facts.problems.join('\n'),
  ),
  'no-function-name': refusalRow('InvalidInput', (facts: { readonly given: string }) => {
    return `function: wanted a function's name or ARN, it is ${JSON.stringify(facts.given)}`;
  }),
  'two-qualifiers': refusalRow(
    'InvalidInput',
    (facts: {
      readonly function: string;
      readonly inName: string;
      readonly beside: string | null;
    }) =>
      `qualifier: wanted one version or alias of ${facts.function}, there are ${facts.inName} in the function and ${facts.beside ?? 'none'} beside it`,
  ),
  'no-first-round': refusalRow(
    'InvalidInput',
    (facts: { readonly reason: PlanReason }) =>
      `Plan the first round: ${planReasonText(facts.reason)}`,
  ),
  'too-many-invocations': refusalRow(
    'InvalidInput',
    (facts: { readonly most: number; readonly planned: number }) =>
      `invocations: wanted at most ${facts.most} in a run, these sizes and counts make ${facts.planned}; ask for fewer sizes, fewer invocations or fewer cold starts`,
  ),
  'state-too-large': refusalRow(
    'InvalidInput',
    (facts: {
      readonly inputBytes: number;
      readonly sizes: number;
      readonly versions: number;
      readonly invocations: number;
      readonly stateBytes: number;
      readonly mostBytes: number;
    }) =>
      `input: its ${facts.inputBytes} bytes, ${facts.sizes} sizes, ${facts.versions} versions and ${facts.invocations} invocations can make a state of ${facts.stateBytes} bytes, and Step Functions allows ${facts.mostBytes}; wanted payloads in S3 (payloadS3), fewer sizes or invocations, or a larger concurrency, so that cold starts need fewer versions`,
  ),
  'too-many-versions': refusalRow(
    'InvalidInput',
    (facts: {
      readonly coldStarts: number;
      readonly concurrency: number;
      readonly versions: number;
      readonly mostVersions: number;
      readonly mostEvents: number;
    }) =>
      `coldStarts: ${facts.coldStarts} for each size, ${facts.concurrency} at once, need ${facts.versions} versions in all, and the execution would pass the ${facts.mostEvents} events that Step Functions allows; wanted at most ${facts.mostVersions} versions: fewer cold starts, fewer sizes, or a larger concurrency`,
  ),
  'too-many-slices': refusalRow(
    'InvalidInput',
    (facts: {
      readonly maxUsd: number;
      readonly perSlice: number;
      readonly invocations: number;
      readonly mostEvents: number;
      readonly leastUsd: number;
    }) =>
      `maxUsd: with ${facts.maxUsd} USD one slice holds ${facts.perSlice} of the ${facts.invocations} invocations at their worst case, and the execution would pass the ${facts.mostEvents} events that Step Functions allows; wanted at least ${amountText(facts.leastUsd, 'USD')}, a lower measureTimeoutSeconds, or fewer invocations`,
  ),
  'snapshots-beyond-budget': refusalRow(
    'InvalidInput',
    (facts: { readonly versions: number; readonly leastUsd: number; readonly maxUsd: number }) =>
      `maxUsd: the SnapStart snapshots of ${facts.versions} versions cost at least ${amountText(facts.leastUsd, 'USD')} (3 hours each), it is ${facts.maxUsd}; allow more, or measure fewer or smaller sizes or fewer cold starts`,
  ),
  'nothing-within-budget': refusalRow(
    'InvalidInput',
    (facts: { readonly leastUsd: number; readonly memoryMb: number; readonly maxUsd: number }) =>
      `maxUsd: wanted at least ${amountText(facts.leastUsd, 'USD')}, which one invocation at ${facts.memoryMb} MB can cost that runs into its timeout, it is ${facts.maxUsd}; allow more, or lower measureTimeoutSeconds`,
  ),
  'trials-beyond-budget': refusalRow(
    'InvalidInput',
    (facts: { readonly leastUsd: number; readonly maxUsd: number }) =>
      `maxUsd: wanted at least ${amountText(facts.leastUsd, 'USD')}, which one invocation of each side can cost that runs into its timeout, it is ${facts.maxUsd}`,
  ),
  'check-input-too-large': refusalRow(
    'InvalidInput',
    (facts: { readonly mostBytes: number; readonly invocations: number; readonly bytes: number }) =>
      `payloads: wanted at most ${facts.mostBytes} bytes of input beside ${facts.invocations} invocations, payloads and stored baseline together; it has ${facts.bytes}. Send smaller payloads or fewer, or lower --max-invocations.`,
  ),
  /** Payloads that Lambda does not take, all together. */
  'payloads-too-large': refusalRow(
    'InvalidInput',
    (facts: {
      readonly problems: readonly {
        readonly key: string;
        readonly bytes: number;
        readonly mostBytes: number;
      }[];
    }) =>
      facts.problems
        .map(
          ({ key, bytes, mostBytes }) =>
            `${key}: wanted at most ${mostBytes} bytes, which is what Lambda takes, it has ${bytes}`,
        )
        .join('\n'),
  ),
  'no-such-alias': refusalRow(
    'InvalidInput',
    (facts: {
      readonly function: string;
      readonly alias: string;
      readonly known: readonly string[];
    }) => {
      const known =
        facts.known.length === 0 ? 'it has no alias' : `it has ${facts.known.join(', ')}`;
      return `apply.alias: wanted an alias of ${facts.function}, there is none called "${facts.alias}" (${known})`;
    },
  ),
  'alias-shares-traffic': refusalRow(
    'InvalidInput',
    (facts: { readonly alias: string; readonly versions: readonly string[] }) =>
      `apply.alias: wanted an alias with one version, "${facts.alias}" shares its traffic with version ${facts.versions.join(', ')}; finish that deployment first`,
  ),
  'payload-object-unusable': refusalRow(
    'InvalidInput',
    (facts: { readonly uri: string; readonly problems: readonly string[] }) =>
      `payloadS3: ${facts.uri} holds a list of payloads with weights, and it cannot be used:\n${facts.problems.join('\n')}`,
  ),
  'payload-object-too-large': refusalRow(
    'InvalidInput',
    (facts: { readonly uri: string; readonly bytes: number; readonly mostBytes: number }) =>
      `payloadS3: wanted at most ${facts.mostBytes} bytes, which is what Lambda takes, ${facts.uri} has ${facts.bytes}`,
  ),
  'payload-object-no-json': refusalRow(
    'InvalidInput',
    (facts: { readonly uri: string; readonly why: string }) =>
      `payloadS3: wanted JSON in ${facts.uri}: ${facts.why}`,
  ),
  'payload-object-changed': refusalRow(
    'InvalidInput',
    (facts: { readonly uri: string }) =>
      `payloadS3: wanted the object that the run started with, ${facts.uri} changed since; start another run`,
  ),
} as const;
