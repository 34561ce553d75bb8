import { listedLatestShape, listedVersionShape, versionShape } from './configuration-shape.ts';
import { Constraints } from './constraints.ts';
import type { Operation } from './operation.ts';
import { page } from './page.ts';
import { RequestBody } from './request-body.ts';

/** Publishing and listing versions; they are deleted with `DeleteFunction`. */
export const VERSION_OPERATIONS: readonly Operation[] = [
  {
    name: 'PublishVersion',
    method: 'POST',
    path: '/2015-03-31/functions/{FunctionName}/versions',
    run: (request, account) => {
      const fn = account.findUnqualified(request);
      const body = RequestBody.parse(request.body);
      body.refuseOthers(['CodeSha256', 'Description', 'RevisionId'], 'PublishVersion');
      const description = body.string('Description');
      new Constraints().length('description', description, 256).check();
      const published = fn.publish({
        description,
        codeSha256: body.string('CodeSha256'),
        revisionId: body.string('RevisionId'),
      });
      return { status: 201, body: versionShape(fn, published) };
    },
  },
  {
    name: 'ListVersionsByFunction',
    method: 'GET',
    path: '/2015-03-31/functions/{FunctionName}/versions',
    run: (request, account) => {
      const { fn } = account.find(request);
      const shapes = [
        listedLatestShape(fn),
        ...fn.versions.all().map((version) => listedVersionShape(fn, version)),
      ];
      const { items, next } = page(shapes, request.query);
      return { status: 200, body: { Versions: items, ...next } };
    },
  },
];
