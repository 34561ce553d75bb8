import {
  broughtPackages,
  namesTmp,
  NEWEST_TESTED_PYTHON_MINOR,
  type BroughtPackage,
  type HandlerLocation,
} from '../../../emulator/index.ts';

/**
 * Tells what is to be said of a handler before it runs here.
 *
 * @param wanted the runtime that its template says
 */
export function locationNotices(
  handler: string,
  location: HandlerLocation,
  wanted: string | null = null,
): readonly string[] {
  const brought = broughtPackages(location);
  return [
    ...(location.kind === 'python'
      ? [...interpreterNotices(location, wanted), ...broughtInPython(brought)]
      : broughtInNode(brought)),
    ...tmpNotices(handler, location),
  ];
}

/** The Python that runs it is said every time: another one is a machine's habit away. */
function interpreterNotices(
  { interpreter }: Extract<HandlerLocation, { kind: 'python' }>,
  wanted: string | null,
): readonly string[] {
  const { version, minor, command, origin } = interpreter;
  return [
    `The handler runs with Python ${version}: ${command} (${ORIGINS[origin]}).`,
    ...(wanted === null || wanted === `python3.${minor}`
      ? []
      : [`The template says ${wanted}: --python names another Python.`]),
    ...(minor <= NEWEST_TESTED_PYTHON_MINOR
      ? []
      : [
          `Python 3.${minor} is untested here: Powerdial is tested with 3.9 to 3.${NEWEST_TESTED_PYTHON_MINOR}.`,
        ]),
  ];
}

const ORIGINS = {
  option: '--python',
  VIRTUAL_ENV: 'VIRTUAL_ENV',
  project: 'the virtual environment of the project',
  PATH: 'python3 on PATH',
} as const;

/** A word for each package of the AWS SDK that Lambda's runtime brings and the handler's Python lacks. */
function broughtInPython(packages: readonly BroughtPackage[]): readonly string[] {
  return packages.map(({ name, version }) =>
    version === null
      ? `${name} is not installed for the handler, and this machine has none of the same Python to lend: Lambda's runtime brings it, here it takes pip install ${name}.`
      : `${name} is not installed for the handler: this machine's ${version} takes the place of the one that Lambda's runtime brings.`,
  );
}

/** A word for each package of the AWS SDK that Lambda's runtime brings and the handler's tree lacks. */
function broughtInNode(packages: readonly BroughtPackage[]): readonly string[] {
  return packages.map(({ name, version }) =>
    version === null
      ? `${name} is not installed for the handler, and Powerdial has none to lend: Lambda's runtime brings it, here it takes npm install --no-save ${name}.`
      : `${name} is not installed for the handler: Powerdial's own ${version} takes the place of the one that Lambda's runtime brings.`,
  );
}

/** A word for a handler that names `/tmp` as it is. */
function tmpNotices(handler: string, location: HandlerLocation): readonly string[] {
  if (!namesTmp(location)) return [];
  const own = location.kind === 'python' ? 'tempfile.gettempdir()' : 'os.tmpdir()';
  return [
    `${handler} names /tmp. Here that is this machine's own, shared by all environments, neither measured nor emptied: ${own}, or TMPDIR, is the environment's own.`,
  ];
}
