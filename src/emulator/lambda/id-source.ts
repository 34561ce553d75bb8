import { randomUUID } from 'node:crypto';
import { seededRandom, type Random } from '../../contract/shared/random.ts';

/** Where revision ids, request ids and the choice between an alias's two versions come from. */
export interface IdSource {
  /** A UUID, version 4. */
  readonly newId: () => string;
  readonly random: Random;
}

/** With a seed the same ids in the same order every time; without one they are truly random. */
export function idSource(seed: number | undefined): IdSource {
  if (seed === undefined) return { newId: randomUUID, random: Math.random };
  const ids = seededRandom(seed, 1);
  return { newId: () => uuidFrom(ids), random: seededRandom(seed, 2) };
}

function uuidFrom(random: Random): string {
  const bytes = Buffer.from(Array.from({ length: 16 }, () => Math.floor(random() * 256)));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
