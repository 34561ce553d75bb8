/**
 * Where this process may find control groups for processors, best first: directories whose children
 * could carry a quota. Only names; whether it works shows when it is tried.
 */
export interface CgroupPlaces {
  readonly v1: readonly string[];
  readonly v2: readonly string[];
}

interface Mount {
  readonly root: string;
  readonly point: string;
  readonly type: string;
  readonly superOptions: readonly string[];
}

/**
 * @param mountinfo /proc/self/mountinfo
 * @param ownGroups /proc/self/cgroup
 */
export function cgroupPlaces(mountinfo: string, ownGroups: string): CgroupPlaces {
  const mounts = mountinfo.split('\n').flatMap(parseMount);
  const v1 = mounts.find(
    ({ type, superOptions }) => type === 'cgroup' && superOptions.includes('cpu'),
  );
  const v2 = mounts.find(({ type }) => type === 'cgroup2');
  return {
    v1:
      v1 === undefined
        ? []
        : upFrom(
            v1,
            ownPath(ownGroups, (controllers) => controllers.includes('cpu')),
          ),
    v2:
      v2 === undefined
        ? []
        : upFrom(
            v2,
            ownPath(ownGroups, (controllers) => controllers.length === 0),
          ),
  };
}

/**
 * Returns a line: id, parent, device, root, mount point, options, optional fields, "-", type, source, super
 * options.
 */
function parseMount(line: string): readonly Mount[] {
  const [before, after] = line.split(' - ');
  const [, , , root, point] = before?.split(' ') ?? [];
  const [type, , superOptions] = after?.split(' ') ?? [];
  if (root === undefined || point === undefined || type === undefined) return [];
  return [
    {
      root: unescape(root),
      point: unescape(point),
      type,
      superOptions: superOptions?.split(',') ?? [],
    },
  ];
}

/** Spaces and the like are octal there. */
function unescape(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(parseInt(octal, 8)),
  );
}

/**
 * Returns the path of this process's own group: a line is `hierarchy:controllers:path`, version 2 has none.
 */
function ownPath(ownGroups: string, isIt: (controllers: readonly string[]) => boolean): string {
  for (const line of ownGroups.split('\n')) {
    const [, controllers, ...path] = line.split(':');
    if (controllers === undefined || path.length === 0) continue;
    if (isIt(controllers === '' ? [] : controllers.split(','))) return path.join(':');
  }
  return '/';
}

/** Returns the own group's directory, then its parents up to the mount point. */
function upFrom(mount: Mount, own: string): readonly string[] {
  // In a container the mount shows a part of the tree only, and the own path may lie outside of it.
  const root = mount.root === '/' ? '' : mount.root;
  const inside = own === root || own.startsWith(`${root}/`) ? own.slice(root.length) : '';
  const parts = inside.split('/').filter((part) => part !== '' && part !== '..');
  return [...parts.keys(), parts.length]
    .map((count) => [mount.point, ...parts.slice(0, count)].join('/'))
    .toReversed();
}
