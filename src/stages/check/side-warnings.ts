import type { CheckInput, MeasuredSide } from '../../contract/check/check-stages.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import { pricesOf } from '../../core/cost/prices.ts';

/** What is worth knowing about the two sides before they are measured. */
export function sideWarnings(
  input: CheckInput,
  base: MeasuredSide | null,
  head: MeasuredSide,
): readonly WarningFacts[] {
  const { key, ephemeralStorageMb } = head.facts;
  const warnings: WarningFacts[] = [
    ...pricesOf(key.region, key.architecture, ephemeralStorageMb).warnings,
  ];
  if (base?.functionName === head.functionName && base.version === head.version) {
    const version = head.version ?? '$LATEST';
    warnings.push({ code: 'same-version', function: head.functionName, version });
  }
  const settings = (['memoryMb', 'architecture', 'runtime'] as const).filter(
    (name) => base !== null && base.facts.key[name] !== key[name],
  );
  if (settings.length > 0) warnings.push({ code: 'settings-differ', settings });
  if (input.stored !== null) {
    const { driftSpread } = input;
    warnings.push({ code: 'stored-baseline', driftSpread, command: 'check' });
  }
  return warnings;
}
