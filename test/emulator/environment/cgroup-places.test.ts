import { expect, test } from 'vitest';
import { cgroupPlaces } from '../../../src/emulator/environment/linux/cgroup-places.ts';

// Lines of real machines: mountinfo and cgroup of /proc/self.
test.each([
  {
    machine: 'version 1, one controller a mount (a micro virtual machine)',
    mountinfo: `31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
33 31 0:30 / /sys/fs/cgroup/cpuacct rw,relatime - cgroup cgroup rw,cpuacct
34 31 0:31 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw`,
    ownGroups: '9:name=systemd:/\n3:cpuset:/\n2:cpuacct:/\n1:cpu:/\n0::/\n',
    places: { v1: ['/sys/fs/cgroup/cpu'], v2: ['/sys/fs/cgroup/unified'] },
  },
  {
    machine: 'version 1 in a Docker container, which sees its own part only',
    mountinfo:
      '733 726 0:30 /docker/4f1a /sys/fs/cgroup/cpu,cpuacct ro,nosuid - cgroup cgroup rw,cpu,cpuacct',
    ownGroups: '4:cpu,cpuacct:/docker/4f1a\n1:name=systemd:/docker/4f1a\n',
    places: { v1: ['/sys/fs/cgroup/cpu,cpuacct'], v2: [] },
  },
  {
    machine: 'version 2 on a desktop, in a terminal of the user manager',
    mountinfo:
      '30 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot',
    ownGroups: '0::/user.slice/user-1000.slice/user@1000.service/app.slice/term.scope\n',
    places: {
      v1: [],
      v2: [
        '/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/app.slice/term.scope',
        '/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/app.slice',
        '/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service',
        '/sys/fs/cgroup/user.slice/user-1000.slice',
        '/sys/fs/cgroup/user.slice',
        '/sys/fs/cgroup',
      ],
    },
  },
  {
    machine: 'version 2 in a container with its own namespace',
    mountinfo: '612 611 0:26 / /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw,nsdelegate',
    ownGroups: '0::/\n',
    places: { v1: [], v2: ['/sys/fs/cgroup'] },
  },
  {
    machine: 'a process outside of its namespace, at a mount point with a space',
    mountinfo: String.raw`612 611 0:26 / /mnt/control\040groups rw - cgroup2 cgroup rw`,
    ownGroups: '0::/../other:part\n',
    places: { v1: [], v2: ['/mnt/control groups/other:part', '/mnt/control groups'] },
  },
  { machine: 'none at all', mountinfo: '', ownGroups: '', places: { v1: [], v2: [] } },
])('finds the groups of $machine', ({ mountinfo, ownGroups, places }) => {
  expect(cgroupPlaces(mountinfo, ownGroups)).toEqual(places);
});
