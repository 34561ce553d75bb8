import { cpuShareHere, machineCores } from '../../emulator/index.ts';
import { finding, type Finding } from './finding.ts';

/** From then on the AWS SDK asks for Node 22 (its own announcement, 2026). */
const SDK_DROPS_NODE_20 = '2027-01';
const OLDEST_OF_SDK = 22;

/** Looks at what runs Powerdial. */
export async function lookAtMachine(env: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  return [node(process.versions.node), await cpu(), ...proxy(env)];
}

function node(version: string): Finding {
  const major = Number(version.split('.')[0]);
  return major >= OLDEST_OF_SDK
    ? finding('node', 'ok', `Node ${version}`)
    : finding(
        'node',
        'attention',
        `Node ${version}, which works; the AWS SDK asks for Node ${OLDEST_OF_SDK} from ${SDK_DROPS_NODE_20} on`,
        `install Node ${OLDEST_OF_SDK} or 24`,
      );
}

async function cpu(): Promise<Finding> {
  if (process.platform === 'win32') {
    return finding(
      'cpu',
      'missing',
      'handlers of this machine (--local) do not run on Windows itself',
      'run powerdial in WSL (wsl --install), or tune the deployed function',
    );
  }
  const kind = await cpuShareHere();
  const cores = machineCores();
  const processors = `${cores} ${cores === 1 ? 'processor' : 'processors'}`;
  return kind === 'settle'
    ? finding(
        'cpu',
        'attention',
        `CPU shares of --local are settled afterwards: no control group works here; ${processors}`,
        'run as root, or in a container with a writable cgroup, for shares that the kernel keeps',
      )
    : finding('cpu', 'ok', `CPU shares of --local are kept by the kernel (${kind}); ${processors}`);
}

const PROXIES = [
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'ALL_PROXY',
  'all_proxy',
];

/** The clients of the SDK bring a connection of their own, which no variable leads through a proxy. */
function proxy(env: NodeJS.ProcessEnv): readonly Finding[] {
  const set = PROXIES.filter((name) => (env[name] ?? '') !== '');
  if (set.length === 0) return [finding('proxy', 'ok', 'no proxy is set')];
  return [
    finding(
      'proxy',
      'attention',
      `${set.join(', ')} ${set.length === 1 ? 'is' : 'are'} set, and the AWS SDK for JavaScript does not go by ${set.length === 1 ? 'it' : 'them'}: calls of AWS leave directly`,
      'where only the proxy leads out, run powerdial where AWS is reached directly (CloudShell, a CI runner, a deployed workflow)',
    ),
  ];
}
