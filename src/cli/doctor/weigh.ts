/** What is known of the permissions that something needs, each by its action. */
export interface Weighed {
  /** Without these it does not work. */
  readonly missing: readonly string[];
  /** Permissions without which it would not work, and of which nobody knows whether they are there. */
  readonly unknown: readonly string[];
  /** Permissions that are missing and that the command goes on without. */
  readonly lesser: readonly string[];
}

/** Sorts permissions by what their lack means. */
export function weigh(
  rows: readonly { readonly action: string; readonly goesOnWithout: boolean }[],
  allowed: ReadonlyMap<string, boolean>,
): Weighed {
  const actionsOf = (goesOnWithout: boolean, is: boolean | undefined): readonly string[] =>
    rows
      .filter((row) => row.goesOnWithout === goesOnWithout && allowed.get(row.action) === is)
      .map(({ action }) => action);
  return {
    missing: actionsOf(false, false),
    unknown: actionsOf(false, undefined),
    lesser: actionsOf(true, false),
  };
}
