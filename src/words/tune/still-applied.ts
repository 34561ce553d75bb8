/** Says that a setting stands although the run that applied it failed afterwards. */
export function stillAppliedText(functionName: string, memoryMb: number): string {
  return `${functionName} has ${memoryMb} MB all the same, as recommended: the failure came after the change.`;
}
