import type { CheckInput, MeasuredSide } from '../../contract/check/check-stages.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import { sharedTariffWarnings } from '../../core/compare/shared-tariff.ts';
import { sideTerms } from './side-terms.ts';

/** Tells what is worth knowing about the two sides before they are measured. */
export function sideWarnings(
  input: CheckInput,
  base: MeasuredSide | null,
  head: MeasuredSide,
): readonly WarningFacts[] {
  const { key } = head.facts;
  const warnings: WarningFacts[] = [...sideTerms(head).prices.warnings];
  if (base?.functionName === head.functionName && base.version === head.version) {
    const version = head.version ?? '$LATEST';
    warnings.push({ code: 'same-version', function: head.functionName, version });
  }
  const { rules, stored } = input;
  warnings.push(...sharedTariffWarnings(rules, { base: stored ?? base, head }));
  const settings = (['memoryMb', 'architecture', 'runtime'] as const).filter(
    (name) => base !== null && base.facts.key[name] !== key[name],
  );
  if (settings.length > 0) warnings.push({ code: 'settings-differ', settings });
  if (stored !== null) {
    const { driftSpread } = input;
    warnings.push({ code: 'stored-baseline', driftSpread, command: 'check' });
  }
  return warnings;
}
