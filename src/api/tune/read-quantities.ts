/** A value read off the command line, or what is wrong with it. */
export type Read<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'problem'; readonly problem: string };

export function value<T>(value: T): Read<T> {
  return { kind: 'value', value };
}

export function problem(option: string, wanted: string, is: string): Read<never> {
  return { kind: 'problem', problem: `${option}: wanted ${wanted}, it is ${JSON.stringify(is)}` };
}

const NUMBER = /^\d+(?:\.\d+)?$/;

/** Returns a plain number; whether it is in range is the input schema's business. */
export function readNumber(option: string, text: string): Read<number> {
  return NUMBER.test(text) || /^-\d+(?:\.\d+)?$/.test(text)
    ? value(Number(text))
    : problem(option, 'a number', text);
}

/** `5%` or `0.05`. */
export function readFraction(option: string, text: string): Read<number> {
  const match = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(text);
  if (match === null) return problem(option, 'a share such as 5% or 0.05', text);
  return value(match[2] === '%' ? Number(match[1]) / 100 : Number(match[1]));
}

/** `800ms`, `1.5s` or a plain number of milliseconds. */
export function readDurationMs(option: string, text: string): Read<number> {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s)?$/.exec(text);
  if (match === null) return problem(option, 'a duration such as 800ms or 1.5s', text);
  return value(match[2] === 's' ? Number(match[1]) * 1000 : Number(match[1]));
}

/** `14d` or a plain number of days. */
export function readDays(option: string, text: string): Read<number> {
  const match = /^(\d+)\s*d?$/.exec(text);
  return match === null ? problem(option, 'days such as 14d', text) : value(Number(match[1]));
}

/** `30s` or a plain number of seconds. */
export function readSeconds(option: string, text: string): Read<number> {
  const match = /^(\d+)\s*s?$/.exec(text);
  return match === null ? problem(option, 'seconds such as 30s', text) : value(Number(match[1]));
}

/** `1024MB/30s`. */
export function readSetting(
  option: string,
  text: string,
): Read<{ readonly memoryMb: number; readonly timeoutSeconds: number }> {
  const match = /^(\d+)\s*(?:MB)?\/(\d+)\s*s?$/i.exec(text);
  return match === null
    ? problem(option, 'memory and timeout such as 1024MB/30s', text)
    : value({ memoryMb: Number(match[1]), timeoutSeconds: Number(match[2]) });
}

/** `128,512,1024`, `all` or `auto`. */
export function readMemorySizes(option: string, text: string): Read<'auto' | 'all' | number[]> {
  if (text === 'auto' || text === 'all') return value(text);
  const parts = text.split(',').map((part) => part.trim().replace(/\s*MB$/i, ''));
  return parts.every((part) => /^\d+$/.test(part))
    ? value(parts.map(Number))
    : problem(option, 'sizes such as 128,512,1024, "all" or "auto"', text);
}

/** Returns a number, or `auto`. */
export function readCount(option: string, text: string): Read<'auto' | number> {
  if (text === 'auto') return value(text);
  return NUMBER.test(text) ? value(Number(text)) : problem(option, 'a number or "auto"', text);
}

const LIMITED = ['mean', 'p50', 'p95', 'p99', 'max'] as const;

/** `p95=800ms`; without a name the mean is limited. */
export function readDurationLimit(
  option: string,
  text: string,
): Read<{ readonly statistic: (typeof LIMITED)[number]; readonly ms: number }> {
  const [left = '', right] = text.split('=');
  const statistic = LIMITED.find((known) => known === (right === undefined ? 'mean' : left));
  if (statistic === undefined) {
    return problem(option, `${LIMITED.join(', ')} with a duration, such as p95=800ms`, text);
  }
  const ms = readDurationMs(option, right ?? left);
  return ms.kind === 'value' ? value({ statistic, ms: ms.value }) : ms;
}
