/**
 * The assumptions that hold in moto 5.2.1 as well, as `test/independent/verify.test.ts` shows with each run.
 */
export const HELD_IN_MOTO: ReadonlySet<string> = new Set<string>([
  'reserved-concurrency',
  'no-policy-is-404',
  'tags-of-function',
  'event-source-mappings',
  'no-such-execution',
  'no-history',
  'list-executions-refuses',
  'start-refuses',
  'stop-refuses',
  'state-machines-are-listed',
  'update-settles',
  'journal-round-trip',
  'other-fields-stay',
  'version-becomes-active',
  'version-has-own-description',
  'version-keeps-its-size',
  'publish-unchanged',
  'list-versions-pages',
  'list-tells-descriptions',
  'alias-is-made-and-listed',
  'alias-is-listed',
  'delete-version-again',
  'no-queue-settings-is-404',
]);
