import { readFile } from 'node:fs/promises';
import type { Json } from '../../contract/shared/json.ts';
import { parseJson } from '../shared/read-json.ts';
import { value, type Read } from './read-quantities.ts';
import { messageOf, systemCodeOf } from '../../contract/shared/thrown.ts';

export interface GivenPayload {
  readonly payload: Json;
  /** An object of S3 instead, as s3://bucket/key. */
  readonly place: string | null;
  /** `null` where none was given. */
  readonly weight: number | null;
}

/** Takes the weight off what `--payload` says. */
function splitWeight(text: string): { readonly weight: number | null; readonly source: string } {
  const weighted = /^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)=(.+)$/s.exec(text);
  return {
    weight: weighted === null ? null : Number(weighted[1]),
    source: weighted?.[2] ?? text,
  };
}

/** Returns the file or the place in S3 that a payload is read from; `null` where it is JSON itself. */
export function payloadSource(text: string): string | null {
  const { source } = splitWeight(text);
  return parse(source) === undefined ? source : null;
}

/** Reads `--payload`: a file of JSON, the JSON itself or a place in S3, with a weight before it where there are several. */
export async function readPayload(text: string): Promise<Read<GivenPayload>> {
  if (text.startsWith('s3://')) return value({ payload: null, place: text, weight: null });
  const { weight, source } = splitWeight(text);
  const inline = parse(source);
  if (inline !== undefined) return value({ payload: inline, place: null, weight });
  let content: string;
  try {
    content = await readFile(source, 'utf8');
  } catch (error) {
    const why = systemCodeOf(error) === 'ENOENT' ? 'there is no such file' : String(error);
    return toProblem(
      `--payload: wanted a file of JSON, or JSON itself; ${JSON.stringify(source)} is no JSON, and ${why}`,
    );
  }
  const payload = parse(content);
  return payload === undefined
    ? toProblem(`--payload: wanted JSON in ${source}: ${syntaxProblem(content)}`)
    : value({ payload, place: null, weight });
}

function toProblem(problem: string): Read<never> {
  return { kind: 'problem', problem };
}

function parse(text: string): Json | undefined {
  try {
    return parseJson(text) as Json;
  } catch {
    return undefined;
  }
}

function syntaxProblem(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return messageOf(error);
  }
}
