import { createHash } from 'node:crypto';
import { latestShape, versionShape } from './configuration-shape.ts';
import type { FunctionSettings } from './function-settings.ts';
import { invalidParameter } from './lambda-exception.ts';
import type { Operation } from './operation.ts';
import { RequestBody } from './request-body.ts';

const MEMBERS = [
  'ZipFile',
  'S3Bucket',
  'S3Key',
  'S3ObjectVersion',
  'ImageUri',
  'Publish',
  'DryRun',
  'RevisionId',
];

/**
 * Deploying. The endpoint keeps running what it was started with; the code's hash, the revision and the
 * environments change as a deployment changes them.
 */
export const CODE_OPERATIONS: readonly Operation[] = [
  {
    name: 'UpdateFunctionCode',
    method: 'PUT',
    path: '/2015-03-31/functions/{FunctionName}/code',
    run: (request, account) => {
      const fn = account.findUnqualified(request);
      const body = RequestBody.parse(request.body);
      body.refuseOthers(MEMBERS, 'UpdateFunctionCode');
      const codeSha256 = hashOfCode(body);
      if (body.boolean('DryRun') === true) {
        return { status: 200, body: { ...latestShape(fn, null), CodeSha256: codeSha256 } };
      }
      const change = (before: FunctionSettings) => ({ ...before, codeSha256 });
      fn.update(change, body.string('RevisionId'), request.updateFailure);
      if (body.boolean('Publish') !== true) return { status: 200, body: latestShape(fn, null) };
      const published = fn.publish({ revisionId: null, codeSha256: null, description: null });
      return { status: 200, body: versionShape(fn, published) };
    },
  },
];

/** Of the bytes, where they are there; of what names them, where they are elsewhere. */
function hashOfCode(body: RequestBody): string {
  const zip = body.string('ZipFile');
  const names = ['S3Bucket', 'S3Key', 'S3ObjectVersion', 'ImageUri'].map((name) =>
    body.string(name),
  );
  if (zip === null && names.every((name) => name === null)) {
    throw invalidParameter('Please provide a source for function code.');
  }
  const code = zip === null ? names.join('\n') : Buffer.from(zip, 'base64');
  return createHash('sha256').update(code).digest('base64');
}
