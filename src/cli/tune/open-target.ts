import type { RunEvent } from '../../contract/shared/run-event.ts';
import type { OpenedTarget } from './opened-target.ts';
import type { TuneOptions } from './tune-options.ts';

/** Opens the target that the command names; each kind loads only what it needs. */
export async function openTarget(
  kind: 'aws' | 'local' | 'recorded',
  functionName: string | undefined,
  options: TuneOptions,
  { stop, show }: { readonly stop: AbortSignal; readonly show: (event: RunEvent) => void },
): Promise<OpenedTarget> {
  switch (kind) {
    case 'local':
      return (await import('./open-local.ts')).openLocal(options.local ?? '', options, {
        stop,
        show,
      });
    case 'recorded':
      return (await import('./open-recorded.ts')).openRecorded(
        options.recorded ?? '',
        options,
        stop,
      );
    case 'aws':
      return (await import('../shared/open-aws.ts')).openAws(functionName ?? '', options, stop);
  }
}
