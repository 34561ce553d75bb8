import { cpus } from 'node:os';
import { machineCores } from './machine-cores.ts';

/** A machine that handlers run on, as far as their durations depend on it. */
export interface Machine {
  /** As it calls itself: "AMD EPYC 7R13 Processor". */
  readonly processor: string;
  readonly cores: number;
  /** How many of the cores there are to use: fewer inside a limited container. */
  readonly cpus: number;
}

export function thisMachine(): Machine {
  const all = cpus();
  const model = all[0]?.model.trim() ?? '';
  return {
    processor: model === '' ? 'unknown' : model,
    cores: all.length,
    cpus: Math.round(100 * machineCores()) / 100,
  };
}
