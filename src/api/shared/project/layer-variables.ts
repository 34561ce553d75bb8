import path from 'node:path';

/**
 * Returns the variables by which a runtime finds what layers hold, each folder in place of `/opt` ("Working
 * with layers", and the runtimes' own paths, Lambda Developer Guide, 2026-11). ES modules look at no NODE_PATH
 * on Lambda either.
 */
export function layerVariables(
  layers: readonly string[],
  runtime: string | null,
): Readonly<Record<string, string>> {
  if (layers.length === 0) return {};
  // What a later layer holds lies over what earlier ones do.
  const folders = layers.toReversed();
  const paths = (...within: readonly string[]): string =>
    folders.flatMap((folder) => within.map((each) => path.join(folder, each))).join(path.delimiter);
  const [, version] = /^(?:nodejs|python)([\d.]+?)(?:\.x)?$/.exec(runtime ?? '') ?? [];
  const own =
    runtime?.startsWith('python') === true
      ? { PYTHONPATH: paths(`python/lib/python${version ?? ''}/site-packages`, 'python') }
      : { NODE_PATH: paths(`nodejs/node${version ?? ''}/node_modules`, 'nodejs/node_modules') };
  return {
    ...own,
    LD_LIBRARY_PATH: paths('lib'),
    PATH: `${paths('bin')}${path.delimiter}${process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'}`,
  };
}
