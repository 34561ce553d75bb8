import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { readJournal } from '../../../src/core/journal/journal.ts';
import { held, judged, model, notHeld, notTried, nowhere, type Assumption } from '../assumption.ts';
import { inWords, refusalOf } from '../refusal.ts';

/** Reading and changing $LATEST. */
export const UPDATES: readonly Assumption[] = [
  {
    id: 'read-configuration',
    call: 'lambda:GetFunctionConfiguration',
    assumed: 'It tells memory, timeout, description, revision, code hash, state and update status.',
    source: model(
      'lambda',
      'Returns the version-specific settings of a Lambda Event Function or version.',
    ),
    otherwise: 'A run could not tell what to put back: Inspect must refuse such a function.',
    proof: async (account) => {
      const latest = await account.latest();
      const missing = FIELDS.filter((field) => latest[field] === undefined);
      return judged(
        missing.length === 0,
        missing.length === 0 ? 'all of them are there' : `without ${missing.join(', ')}`,
      );
    },
  },
  {
    id: 'stale-revision-refused',
    call: 'lambda:UpdateFunctionConfiguration',
    assumed:
      'An update with another RevisionId than the present one is 412 PreconditionFailedException, and changes nothing.',
    source: model(
      'lambda',
      "Update the function only if the revision ID matches the ID that's specified.",
    ),
    otherwise: 'The lock does not hold: two runs could change one function. Do not use Powerdial.',
    proof: async (account) => {
      const before = await account.settled();
      const refusal = await refusalOf(
        account.lambda.send(
          new UpdateFunctionConfigurationCommand({
            FunctionName: account.functionName,
            RevisionId: '00000000-0000-4000-8000-000000000000',
            MemorySize: account.sizes[0],
            Description: account.journal(account.sizes[0]),
          }),
        ),
      );
      const after = await account.settled();
      const same =
        after.MemorySize === before.MemorySize && after.Description === before.Description;
      const is = refusal?.status === 412 && refusal.name === 'PreconditionFailedException';
      return judged(
        is && same,
        `${inWords(refusal)}; $LATEST is ${same ? 'as it was' : 'changed'}`,
      );
    },
  },
  {
    id: 'description-too-long-refused',
    call: 'lambda:UpdateFunctionConfiguration',
    assumed: 'A Description of 257 characters is refused with 400, and changes nothing.',
    source: nowhere('the SDK’s types carry no lengths; the API model (botocore) says max 256'),
    otherwise: 'A journal could be cut off. Inspect refuses one that does not fit by itself.',
    proof: async (account) => {
      const { RevisionId, Description } = await account.settled();
      const refusal = await refusalOf(
        account.lambda.send(
          new UpdateFunctionConfigurationCommand({
            FunctionName: account.functionName,
            RevisionId,
            MemorySize: account.sizes[0],
            Description: account.journal(account.sizes[0]).padEnd(257, '.'),
          }),
        ),
      );
      const after = await account.settled();
      const same = after.Description === Description;
      return judged(
        refusal?.status === 400 && same,
        `${inWords(refusal)}; $LATEST is ${same ? 'as it was' : 'changed'}`,
      );
    },
  },
  {
    id: 'update-in-progress-refused',
    call: 'lambda:UpdateFunctionConfiguration',
    assumed: 'An update while another one is in progress is 409 ResourceConflictException.',
    source: model(
      'lambda',
      "During this time, you can't modify the function, but you can still invoke it.",
    ),
    otherwise: 'A second change could be lost: a run waits for the end of each update anyway.',
    proof: async (account) => {
      const first = await account.update(account.sizes[0]);
      const refusal = await refusalOf(
        account.lambda.send(
          new UpdateFunctionConfigurationCommand({
            FunctionName: account.functionName,
            MemorySize: account.sizes[1],
            Description: account.journal(account.sizes[1]),
          }),
        ),
      );
      await account.settled();
      if (refusal === null) {
        return first.LastUpdateStatus === 'InProgress'
          ? notTried('the first update had ended before the second one came')
          : notTried('updates end at once here, so none is ever in progress');
      }
      const is = refusal.status === 409 && refusal.name === 'ResourceConflictException';
      return judged(is, inWords(refusal));
    },
  },
  {
    id: 'update-settles',
    call: 'lambda:UpdateFunctionConfiguration',
    assumed:
      'An update answers at once, and LastUpdateStatus of $LATEST becomes Successful when it is in force.',
    source: model(
      'lambda',
      'indicate when the update is complete and the function is processing events with the new configuration',
    ),
    otherwise: 'Sizes would be measured before they are set: their REPORT would show it, as lost.',
    proof: async (account) => {
      const beganMs = Date.now();
      const answer = await account.update(account.sizes[0]);
      const settled = await account.settled();
      const is =
        settled.LastUpdateStatus === 'Successful' && settled.MemorySize === account.sizes[0];
      return judged(
        is,
        `${answer.LastUpdateStatus ?? 'no status'}, then ${settled.LastUpdateStatus ?? 'no status'} at ${settled.MemorySize ?? 0} MB after ${((Date.now() - beganMs) / 1000).toFixed(1)} s`,
      );
    },
  },
  {
    id: 'journal-round-trip',
    call: 'lambda:UpdateFunctionConfiguration',
    assumed: 'The Description is given back as it was written, with brackets, # and spaces.',
    source: nowhere('the API reference describes it as “A description of the function.” only'),
    otherwise: 'The way back could not be read off the function. Do not use Powerdial.',
    proof: async (account) => {
      const { Description: written } = await account.update(account.sizes[1]);
      const { Description: read } = await account.settled();
      const journal = readJournal(read ?? '');
      return judged(
        written === read &&
          journal?.run === account.run &&
          journal.was.memoryMb === account.found.memoryMb &&
          journal.description === account.found.description,
        `“${read ?? ''}”`,
      );
    },
  },
  {
    id: 'other-fields-stay',
    call: 'lambda:UpdateFunctionConfiguration',
    assumed: 'Settings that an update does not name stay as they are.',
    source: nowhere('the API reference and the guide say it of no operation of Lambda’s'),
    otherwise: 'A run would lose settings of the function. Do not use Powerdial.',
    proof: async (account) => {
      const before = await account.settled();
      await account.update(account.sizes[0]);
      const after = await account.settled();
      const changed = UNTOUCHED.filter(
        (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
      );
      return changed.length === 0
        ? held(`${UNTOUCHED.join(', ')} are as they were`)
        : notHeld(`changed: ${changed.join(', ')}`);
    },
  },
];

const FIELDS = [
  'MemorySize',
  'Timeout',
  'Description',
  'RevisionId',
  'CodeSha256',
  'State',
  'LastUpdateStatus',
  'FunctionArn',
  'Version',
] as const;

const UNTOUCHED = [
  'Handler',
  'Runtime',
  'Role',
  'Environment',
  'EphemeralStorage',
  'LoggingConfig',
  'Layers',
  'VpcConfig',
  'TracingConfig',
  'CodeSha256',
] as const;
