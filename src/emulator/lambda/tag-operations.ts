import type { Operation } from './operation.ts';

/** Tags of the function itself: versions and aliases have none. */
export const TAG_OPERATIONS: readonly Operation[] = [
  {
    name: 'ListTags',
    method: 'GET',
    path: '/2017-03-31/tags/{FunctionName}',
    run: (request, account) => ({
      status: 200,
      body: { Tags: account.findUnqualified(request).definition.tags ?? {} },
    }),
  },
];
