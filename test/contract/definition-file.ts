import { readFileSync } from 'node:fs';

export interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly TimeoutSeconds?: number;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

export interface Definition {
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<string, State>>;
}

/** A workflow as its file says it. */
export function definitionText(kind: 'tune' | 'check'): string {
  return readFileSync(`state-machine/${kind}.asl.json`, 'utf8');
}

/** Every state that something leads to, sorted. */
export function namedStates({ StartAt, States }: Definition): readonly string[] {
  const named = new Set([StartAt]);
  for (const state of Object.values(States)) {
    for (const next of [
      state.Next,
      state.Default,
      ...(state.Choices ?? []).map((rule) => rule.Next),
      ...(state.Catch ?? []).map((rule) => rule.Next),
    ]) {
      if (next !== undefined) named.add(next);
    }
  }
  return [...named].sort();
}
