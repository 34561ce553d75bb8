import { UsageError } from '../usage-error.ts';
import type { HandlerOptions } from '../handler/handler-options.ts';
import { chooseFunction } from './choose-function.ts';
import { localSource, type LocalSource } from './local-source.ts';
import { openTemplate } from './open-template.ts';
import type { TemplateOptions } from './template-options.ts';

/**
 * Returns the function of a template that is meant, ready to be run here.
 *
 * @throws {UsageError}
 */
export function sourceOf(
  template: string,
  resource: string | undefined,
  options: Pick<TemplateOptions, 'parameter' | 'region'> & Pick<HandlerOptions, 'root'>,
): LocalSource {
  const { project } = openTemplate(template, options);
  const found = localSource(project, chooseFunction(project, resource), options.root);
  if (found.kind === 'problem') throw new UsageError([found.problem]);
  return found.source;
}
