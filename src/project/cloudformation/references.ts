import { isList, isRecord, type Raw } from '../values/value.ts';

/** Returns the resource of the same template that an expression refers to: by `Ref`, `Fn::GetAtt` or `Fn::Sub`. */
export function referredResource(raw: Raw | undefined): string | null {
  if (raw === undefined || !isRecord(raw)) return null;
  const [name = ''] = Object.keys(raw);
  const argument = raw[name];
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? argument : null;
    case 'Fn::GetAtt': {
      const [first] = isList(argument) ? argument : [argument];
      return typeof first === 'string' ? (first.split('.')[0] ?? null) : null;
    }
    case 'Fn::Sub': {
      const [text] = isList(argument) ? argument : [argument];
      const [, found] =
        typeof text === 'string' ? (/^\$\{([A-Za-z0-9]+)(?:\.[^}]+)?\}$/.exec(text) ?? []) : [];
      return found ?? null;
    }
    default:
      return null;
  }
}
