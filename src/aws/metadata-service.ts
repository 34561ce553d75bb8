import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';

/**
 * The service is one hop away at most, so it answers within a millisecond or never. Connecting is enough: the
 * hop limit of an instance drops answers with a token, not the connection (EC2 User Guide, "Configure the
 * Instance Metadata Service options", read 2026-11-28).
 */
const CONNECTED_WITHIN_MS = 200;

const IPV4 = 'http://169.254.169.254';
const IPV6 = 'http://[fd00:ec2::254]';

/** Tells whether the metadata service of an EC2 instance, or what stands for it, can be reached from here. */
export async function isMetadataThere(env: NodeJS.ProcessEnv): Promise<boolean> {
  // Where the files name another address, the SDK alone knows which profile counts.
  if (await isNamedInFiles(env)) return true;
  const named = env['AWS_EC2_METADATA_SERVICE_ENDPOINT'];
  const mode = env['AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE']?.toLowerCase();
  const address = named ?? (mode === 'ipv6' ? IPV6 : IPV4);
  // An address that is not valid is left to the SDK, which refuses it.
  return !URL.canParse(address) || canConnect(new URL(address));
}

async function canConnect({ hostname, port, protocol }: URL): Promise<boolean> {
  const usual = protocol === 'https:' ? 443 : 80;
  const socket = connect({
    host: hostname.replace(/^\[(.+)\]$/, '$1'),
    port: port === '' ? usual : Number(port),
  });
  try {
    return await new Promise<boolean>((resolve) => {
      // Where this process was busy, the connection may stand already without its event having been handled.
      const patience = setTimeout(() => setImmediate(() => resolve(false)), CONNECTED_WITHIN_MS);
      const end = (isThere: boolean): void => {
        clearTimeout(patience);
        resolve(isThere);
      };
      socket.once('connect', () => end(true));
      socket.once('error', () => end(false));
    });
  } finally {
    socket.destroy();
  }
}

async function isNamedInFiles(env: NodeJS.ProcessEnv): Promise<boolean> {
  const file = env['AWS_CONFIG_FILE'] ?? path.join(homedir(), '.aws', 'config');
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.includes('ec2_metadata_service_endpoint');
}
