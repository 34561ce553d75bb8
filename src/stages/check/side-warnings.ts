import type { CheckInput, MeasuredSide } from '../../contract/check/check-stages.ts';
import type { Warning } from '../../contract/tune/state.ts';
import { pricesOf } from '../../core/cost/prices.ts';

/** What is worth knowing about the two sides before they are measured. */
export function sideWarnings(
  input: CheckInput,
  base: MeasuredSide | null,
  head: MeasuredSide,
): readonly Warning[] {
  const { key, ephemeralStorageMb } = head.facts;
  const warnings: Warning[] = [
    ...pricesOf(key.region, key.architecture, ephemeralStorageMb).warnings,
  ];
  if (base?.functionName === head.functionName && base.version === head.version) {
    const message = `Base and head are both ${head.functionName}:${head.version ?? '$LATEST'}: this compares a version with itself.`;
    warnings.push({ code: 'same-version', message });
  }
  const different = (['memoryMb', 'architecture', 'runtime'] as const).filter(
    (name) => base !== null && base.facts.key[name] !== key[name],
  );
  if (different.length > 0) {
    const message = `Base and head differ in ${different.join(', ')}: the change is of code and setting together.`;
    warnings.push({ code: 'settings-differ', message });
  }
  if (input.stored !== null) {
    const message = `The baseline is stored: what its hosts, their region's load and other services were like that day is unknown. A drift of ${(100 * input.driftSpread).toFixed(0)} % (standard deviation) is allowed for before anything counts as regressed or improved, and a drift the other way can hide a change. Measuring both sides together (--base <version>) needs no such allowance.`;
    warnings.push({ code: 'stored-baseline', message });
  }
  return warnings;
}
