import type { RunEvent } from '../../contract/shared/run-event.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import type { OpenedTarget } from './opened-target.ts';
import type { TargetOptions } from './target-options.ts';

interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly stop: AbortSignal;
  readonly show: (event: RunEvent) => void;
}

/** Opens the target that the command names; each kind loads only what it needs. */
export async function openTarget(
  kind: 'aws' | 'local' | 'recorded',
  functionName: string | undefined,
  options: TargetOptions,
  { env, stop, show }: Surroundings,
): Promise<OpenedTarget> {
  switch (kind) {
    case 'local': {
      const { openLocal } = await import('./open-local.ts');
      const { template } = options;
      if (template === undefined) return openLocal(options.local ?? '', options, { stop, show });
      const { sourceOf } = await import('../shared/project/source-of.ts');
      const source = sourceOf(template, options.resource, options);
      return openLocal(source.handler, options, { stop, show, source });
    }
    case 'recorded':
      return (await import('./open-recorded.ts')).openRecorded(
        options.recorded ?? '',
        options,
        stop,
      );
    case 'aws': {
      const { connectAws } = await import('../shared/connect-aws.ts');
      const { openAws } = await import('../shared/open-aws.ts');
      const region = parseFunctionRef(functionName ?? '')?.region ?? null;
      return openAws(functionName ?? '', await connectAws(options, env, region), stop);
    }
  }
}
