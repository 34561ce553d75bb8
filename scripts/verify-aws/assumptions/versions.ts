import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { readVersionMark } from '../../../src/core/journal/version-mark.ts';
import type { Account } from '../account.ts';
import { judged, lambdaGuide, model, notHeld, nowhere, type Assumption } from '../assumption.ts';
import { inWords, isDenied, refusalOf } from '../refusal.ts';

/** Publishing, listing and deleting versions, and the aliases that use them. */
export const VERSIONS: readonly Assumption[] = [
  {
    id: 'version-becomes-active',
    call: 'lambda:PublishVersion',
    assumed: 'A version that was just published becomes Active and can be invoked by its number.',
    source: model('lambda', 'Clients can invoke versions directly or with an alias.'),
    otherwise: 'Sizes could not be measured; the run ends and puts the function back.',
    proof: async (account) => {
      const beganMs = Date.now();
      const published = await account.version(account.sizes[0]);
      const { State } = await account.active(numberOf(published));
      return judged(
        State === 'Active',
        `${published.State ?? 'no state'}, then ${State ?? 'no state'}, update and publication in ${((Date.now() - beganMs) / 1000).toFixed(1)} s`,
      );
    },
  },
  {
    id: 'version-has-own-description',
    call: 'lambda:PublishVersion',
    assumed: 'The Description given to PublishVersion is the version’s; $LATEST keeps its own.',
    source: model(
      'lambda',
      'A description for the version to override the description in the function configuration.',
    ),
    otherwise: 'Versions of a run could not be told from the user’s. Do not use Powerdial.',
    proof: async (account) => {
      const published = await account.version(account.sizes[0]);
      const version = await read(account, numberOf(published));
      const latest = await account.latest();
      const mark = readVersionMark(version.Description ?? '');
      return judged(
        mark?.run === account.run && readVersionMark(latest.Description ?? '') === null,
        `version ${numberOf(published)}: “${version.Description ?? ''}”`,
      );
    },
  },
  {
    id: 'version-keeps-its-size',
    call: 'lambda:PublishVersion',
    assumed: 'A version keeps the memory that it was published with when $LATEST changes.',
    source: model(
      'lambda',
      "a snapshot of your function code and configuration that doesn't change",
    ),
    otherwise: 'Measuring after $LATEST was put back would measure one size only.',
    proof: async (account) => {
      const [first, second] = account.sizes;
      const published = await account.version(first);
      await account.version(second);
      const { MemorySize } = await read(account, numberOf(published));
      return judged(
        MemorySize === first,
        `${MemorySize ?? 0} MB, while $LATEST is at ${second} MB`,
      );
    },
  },
  {
    id: 'publish-unchanged',
    call: 'lambda:PublishVersion',
    assumed:
      'PublishVersion gives the last version again when nothing has changed, also with another description.',
    source: model(
      'lambda',
      "Lambda doesn't publish a version if the function's configuration and code haven't changed since the last version.",
    ),
    otherwise:
      'A publication whose answer was lost leaves a version more; CleanUp finds it by its mark.',
    proof: async (account) => {
      const last = await account.publish(account.sizes[1]);
      const again = await account.lambda.send(
        new PublishVersionCommand({
          FunctionName: account.functionName,
          Description: account.mark(account.sizes[0]),
        }),
      );
      return judged(
        again.Version === last.Version && again.Description === last.Description,
        `version ${numberOf(last)}, then ${numberOf(again)} with the description of ${again.Description === last.Description ? 'the first' : 'the second'}`,
      );
    },
  },
  {
    id: 'publish-guards-code',
    call: 'lambda:PublishVersion',
    assumed: 'PublishVersion with another CodeSha256 than the code’s is refused with 400.',
    source: model(
      'lambda',
      "Only publish a version if the hash value matches the value that's specified.",
    ),
    otherwise: 'A deployment during a run could be measured as if it were the old code.',
    proof: async (account) => {
      await account.update(account.sizes[0]);
      await account.settled();
      const refusal = await refusalOf(
        account.lambda.send(
          new PublishVersionCommand({
            FunctionName: account.functionName,
            CodeSha256: Buffer.alloc(32).toString('base64'),
            Description: account.mark(account.sizes[0]),
          }),
        ),
      );
      return judged(refusal?.status === 400, inWords(refusal));
    },
  },
  {
    id: 'publish-guards-revision',
    call: 'lambda:PublishVersion',
    assumed: 'PublishVersion with another RevisionId is 412 PreconditionFailedException.',
    source: model(
      'lambda',
      'Use this option to avoid publishing a version if the function configuration has changed since you last updated it.',
    ),
    otherwise: 'Somebody’s change between update and publication could be published as ours.',
    proof: async (account) => {
      await account.update(account.sizes[1]);
      await account.settled();
      const refusal = await refusalOf(
        account.lambda.send(
          new PublishVersionCommand({
            FunctionName: account.functionName,
            RevisionId: '00000000-0000-4000-8000-000000000000',
            Description: account.mark(account.sizes[1]),
          }),
        ),
      );
      const is = refusal?.status === 412 && refusal.name === 'PreconditionFailedException';
      return judged(is, inWords(refusal));
    },
  },
  {
    id: 'list-versions-pages',
    call: 'lambda:ListVersionsByFunction',
    assumed: 'Lists come in pages with NextMarker, and all pages together hold every version once.',
    source: model('lambda', 'Lambda returns up to 50 versions per call.'),
    otherwise: 'CleanUp could miss versions, which would then stay and cost code storage.',
    proof: async (account) => {
      const made = [
        numberOf(await account.version(account.sizes[0])),
        numberOf(await account.version(account.sizes[1])),
      ];
      const listed: string[] = [];
      let pages = 0;
      let marker: string | undefined;
      do {
        const page = await account.lambda.send(
          new ListVersionsByFunctionCommand({
            FunctionName: account.functionName,
            MaxItems: 1,
            ...(marker === undefined ? {} : { Marker: marker }),
          }),
        );
        pages += 1;
        listed.push(...(page.Versions ?? []).map(numberOf));
        marker = page.NextMarker;
      } while (marker !== undefined && marker !== '');
      const complete = made.every((each) => listed.includes(each)) && listed.includes('$LATEST');
      return judged(
        complete && new Set(listed).size === listed.length,
        `${listed.length} entries on ${pages} pages, ${complete ? 'both versions and $LATEST among them' : 'not all that exist'}`,
      );
    },
  },
  {
    id: 'list-tells-descriptions',
    call: 'lambda:ListVersionsByFunction',
    assumed: 'The list holds the description and the memory of each version.',
    source: model('lambda', 'with the version-specific configuration of each'),
    otherwise: 'CleanUp could not find a run’s versions by listing.',
    proof: async (account) => {
      const version = numberOf(await account.version(account.sizes[0]));
      const { Versions = [] } = await account.lambda.send(
        new ListVersionsByFunctionCommand({ FunctionName: account.functionName }),
      );
      const listed = Versions.find((each) => each.Version === version);
      if (listed === undefined) return notHeld(`version ${version} is not on the first page`);
      return judged(
        readVersionMark(listed.Description ?? '')?.run === account.run &&
          listed.MemorySize === account.sizes[0],
        `${listed.MemorySize ?? 0} MB, “${listed.Description ?? ''}”`,
      );
    },
  },
  {
    id: 'alias-is-made-and-listed',
    call: 'lambda:CreateAlias',
    assumed: 'An alias is made for a version.',
    source: model('lambda', 'Creates an alias for a Lambda Event Function version.'),
    otherwise: '`apply` with an alias that does not exist fails; nothing else does.',
    proof: async (account) => {
      const { FunctionVersion, RevisionId } = await ensureAlias(account);
      return judged(
        FunctionVersion !== undefined && RevisionId !== undefined,
        `version ${FunctionVersion ?? 'none'}, ${RevisionId === undefined ? 'without' : 'with'} a RevisionId`,
      );
    },
  },
  {
    id: 'alias-is-listed',
    call: 'lambda:ListAliases',
    assumed: 'The list of aliases tells the version that each points at.',
    source: model('lambda', 'Returns a list of aliases for a Lambda Event Function.'),
    otherwise: 'Versions in use could not be told. Lambda itself refuses to delete them.',
    proof: async (account) => {
      await ensureAlias(account);
      const { Aliases = [] } = await account.lambda.send(
        new ListAliasesCommand({ FunctionName: account.functionName }),
      );
      const listed = Aliases.find(({ Name }) => Name === account.alias);
      return judged(
        listed?.FunctionVersion !== undefined,
        listed === undefined ? 'it is not listed' : `version ${listed.FunctionVersion ?? 'none'}`,
      );
    },
  },
  {
    id: 'alias-guarded-by-revision',
    call: 'lambda:UpdateAlias',
    assumed: 'UpdateAlias with another RevisionId than the alias’s is 412, and does not move it.',
    source: model(
      'lambda',
      "Only update the alias if the revision ID matches the ID that's specified.",
    ),
    otherwise: '`apply` could overwrite a deployment that moved the alias at the same moment.',
    proof: async (account) => {
      const before = await ensureAlias(account);
      const refusal = await refusalOf(
        account.lambda.send(
          new UpdateAliasCommand({
            FunctionName: account.functionName,
            Name: account.alias,
            FunctionVersion: numberOf(await account.version(account.sizes[1])),
            RevisionId: '00000000-0000-4000-8000-000000000000',
          }),
        ),
      );
      const after = await ensureAlias(account);
      return judged(
        refusal?.status === 412 && after.FunctionVersion === before.FunctionVersion,
        `${inWords(refusal)}; the alias ${after.FunctionVersion === before.FunctionVersion ? 'stayed' : 'moved'}`,
      );
    },
  },
  {
    id: 'no-provisioned-concurrency-is-404',
    call: 'lambda:GetProvisionedConcurrencyConfig',
    assumed: 'An alias without provisioned concurrency is 404.',
    source: model('lambda', 'The specified configuration does not exist.'),
    otherwise: '`apply` onto an alias would end with an error before anything is changed.',
    proof: async (account) => {
      await ensureAlias(account);
      const refusal = await refusalOf(
        account.lambda.send(
          new GetProvisionedConcurrencyConfigCommand({
            FunctionName: account.functionName,
            Qualifier: account.alias,
          }),
        ),
      );
      return judged(refusal?.status === 404, inWords(refusal));
    },
  },
  {
    id: 'version-in-use-stays',
    call: 'lambda:DeleteFunction',
    assumed: 'A version that an alias points at cannot be deleted: 409 ResourceConflictException.',
    source: model(
      'lambda',
      "Specify a version to delete. You can't delete a version that an alias references.",
    ),
    otherwise: 'A version that production uses by now could be deleted between look and call.',
    proof: async (account) => {
      const { FunctionVersion } = await ensureAlias(account);
      const refusal = await refusalOf(
        account.lambda.send(
          new DeleteFunctionCommand({
            FunctionName: account.functionName,
            Qualifier: FunctionVersion,
          }),
        ),
      );
      // For the proofs that follow, and so that nothing but the version is left to be deleted.
      await account.lambda.send(
        new DeleteAliasCommand({ FunctionName: account.functionName, Name: account.alias }),
      );
      const is = refusal?.status === 409 && refusal.name === 'ResourceConflictException';
      return judged(is, inWords(refusal));
    },
  },
  {
    id: 'delete-version-only',
    call: 'lambda:DeleteFunction',
    assumed: 'DeleteFunction with a version’s number deletes that version and nothing else.',
    source: model('lambda', 'To delete a specific function version, use the Qualifier parameter.'),
    otherwise: 'Do not use Powerdial: its clean-up could delete more than it made.',
    proof: async (account) => {
      const [first, second] = account.sizes;
      const kept = numberOf(await account.version(second));
      const gone = numberOf(await account.publish(first));
      const remove = new DeleteFunctionCommand({
        FunctionName: account.functionName,
        Qualifier: gone,
      });
      await account.lambda.send(remove);
      const refusal = await refusalOf(read(account, gone));
      const others = [await account.latest(), await read(account, kept)];
      return judged(
        refusal?.status === 404 && others.every(({ State }) => State === 'Active'),
        `version ${gone} is gone (${inWords(refusal)}), version ${kept} and $LATEST are there`,
      );
    },
  },
  {
    id: 'delete-version-again',
    call: 'lambda:DeleteFunction',
    assumed: 'Deleting a version that is gone does no harm: it succeeds or is 404.',
    source: nowhere(
      'the API reference says only that DeleteFunction may throw ResourceNotFoundException',
    ),
    otherwise: 'A clean-up that runs twice would end with an error, with nothing left to do.',
    proof: async (account) => {
      const refusal = await refusalOf(
        account.lambda.send(
          new DeleteFunctionCommand({
            FunctionName: account.functionName,
            Qualifier: String(account.found.highestVersion + 1000),
          }),
        ),
      );
      return judged(refusal === null || refusal.status === 404, inWords(refusal));
    },
  },
  {
    id: 'numbers-are-not-used-again',
    call: 'lambda:PublishVersion',
    assumed: 'The number of a deleted version is not given to another one.',
    source: nowhere('the copies found of “Manage Lambda function versions” do not say it'),
    otherwise: 'Stale numbers could name somebody’s version; the mark is compared as well.',
    proof: async (account) => {
      const first = numberOf(await account.publish(account.sizes[0]));
      await account.lambda.send(
        new DeleteFunctionCommand({ FunctionName: account.functionName, Qualifier: first }),
      );
      const next = numberOf(await account.publish(account.sizes[1]));
      return judged(Number(next) > Number(first), `${first} was deleted, the next is ${next}`);
    },
  },
  {
    id: 'delete-is-checked-on-qualified-arn',
    call: 'lambda:DeleteFunction',
    assumed:
      'IAM checks DeleteFunction with a Qualifier against the qualified ARN, so that `fn:*` allows deleting versions and never the function.',
    source: lambdaGuide(
      'Fine-tuning the Resources and Conditions sections of policies',
      'lambda-api-permissions-ref',
      'Actions that operate on a function can be restricted to a specific function by function, version, or alias ARN.',
    ),
    otherwise:
      'Either versions cannot be deleted (the run says so and names the command), or the role could delete the function; the code never calls it without a number.',
    proof: {
      cannot:
        'it takes a role of its own that is allowed `fn:*` only; deploy with `-c functions=NAME` and run one tuning: CleanUp’s role has no other way to delete versions',
    },
  },
];

function numberOf(version: { readonly Version?: string | undefined }): string {
  return version.Version ?? '';
}

function read(account: Account, version: string) {
  return account.lambda.send(
    new GetFunctionConfigurationCommand({
      FunctionName: account.functionName,
      Qualifier: version,
    }),
  );
}

/** The alias of this run, made when the first proof asks for it. */
async function ensureAlias(account: Account) {
  const there = await findAlias(account);
  if (there !== undefined) return there;
  const version = numberOf(await account.version(account.sizes[0]));
  account.aliased = true;
  try {
    return await account.lambda.send(
      new CreateAliasCommand({
        FunctionName: account.functionName,
        Name: account.alias,
        FunctionVersion: version,
      }),
    );
  } catch (error) {
    if (isDenied(error)) account.aliased = false;
    // Made by an attempt whose answer was lost.
    const made = await findAlias(account);
    if (made !== undefined) return made;
    throw error;
  }
}

async function findAlias(account: Account) {
  const { Aliases = [] } = await account.lambda.send(
    new ListAliasesCommand({ FunctionName: account.functionName }),
  );
  return Aliases.find(({ Name }) => Name === account.alias);
}
