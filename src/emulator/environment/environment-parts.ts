import path from 'node:path';
import type { VariantSettings } from '../lambda/function-host.ts';
import { EnvironmentEvents } from './environment-events.ts';
import type { EnvironmentKind } from './environment-kind.ts';
import { EnvironmentShare } from './environment-share.ts';
import type { ProcessWatch } from './process-watch.ts';
import { RuntimeApi } from './runtime-api.ts';
import { TemporaryStorage } from './temporary-storage.ts';

/** What one execution environment has of its own, whichever process runs in it. */
export interface EnvironmentParts {
  /** By which its processes are found again. */
  readonly mark: string;
  readonly api: RuntimeApi;
  readonly events: EnvironmentEvents;
  readonly share: EnvironmentShare;
  readonly watch: ProcessWatch;
  readonly storage: TemporaryStorage;
}

/** @param name unlike that of any other environment of the same host */
export async function makeParts(
  kind: EnvironmentKind,
  settings: VariantSettings,
  name: string,
): Promise<EnvironmentParts> {
  const events = new EnvironmentEvents();
  const api = await RuntimeApi.create((signal) => events.put(signal));
  try {
    const { memoryMb, ephemeralStorageMb } = settings;
    const mark = `${kind.runId}/${name}`;
    const storage = new TemporaryStorage(
      path.join(kind.temporaryDirectory, name),
      ephemeralStorageMb,
    );
    const share = new EnvironmentShare(kind.cpu, `${kind.runId}-${name}`, memoryMb);
    const { cores, group } = share;
    const watch = kind.meter.watch(
      { memoryMb, cores, settles: group === null },
      { mark, group, guardian: kind.guardian },
    );
    api.onUsage = (usage) => watch.note(usage);
    return { mark, api, events, share, watch, storage };
  } catch (error) {
    await api.close();
    throw error;
  }
}
