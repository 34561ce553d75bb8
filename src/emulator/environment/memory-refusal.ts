import { MAX_MEMORY_MB, MEMORY_MB_PER_VCPU } from '../../contract/shared/memory.ts';

/** Returns the largest size whose share of the processors this many can give. */
export function largestMemoryMb(cores: number): number {
  return Math.min(MAX_MEMORY_MB, Math.floor(cores * MEMORY_MB_PER_VCPU));
}

/** Tells why a machine of so many processors cannot emulate a size, in words; `null` where it can. */
export function memoryRefusal(memoryMb: number, cores: number): string | null {
  const largest = largestMemoryMb(cores);
  if (memoryMb <= largest) return null;
  const vcpus = (memoryMb / MEMORY_MB_PER_VCPU).toFixed(2);
  return (
    `${memoryMb} MB buys ${vcpus} vCPUs on Lambda, and this machine has ${Number(cores.toFixed(2))}. ` +
    `Here sizes up to ${largest} MB can be emulated.`
  );
}
