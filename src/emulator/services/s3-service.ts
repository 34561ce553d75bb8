import { ServiceError } from './service-error.ts';
import type { Service, ServiceRequest } from './service.ts';

/** Objects by their `s3://bucket/key`. */
export type EmbeddedObjects = Readonly<Record<string, string | Uint8Array>>;

/** S3, as far as a run needs it: GetObject, path style or with the bucket in the host's name. */
export function s3Service(objects: EmbeddedObjects): Service {
  return {
    name: 's3',
    accepts: (request) =>
      /Credential=[^,]*\/s3\/aws4_request/.test(request.headers.authorization ?? '') ||
      request.url.searchParams.get('x-id') === 'GetObject',
    understand(request) {
      const operation = operationOf(request);
      const { bucket, key } = placeOf(request);
      return {
        operation,
        action: `s3:${operation}`,
        resource: `arn:aws:s3:::${bucket}/${key}`,
        functionName: null,
        qualifier: null,
        run: () => {
          if (operation === 'GetObject') return getObject(objects, bucket, key);
          const message = `The embedded endpoint does not have ${operation} of S3; it has GetObject.`;
          throw new ServiceError(501, 'NotImplemented', message);
        },
      };
    },
    refuse: (error, requestId) => ({
      status: error.status,
      headers: { 'content-type': 'application/xml', ...error.headers },
      body: Buffer.from(
        `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message><RequestId>${requestId}</RequestId></Error>`,
      ),
    }),
  };
}

function getObject(
  objects: EmbeddedObjects,
  bucket: string,
  key: string,
): { readonly status: number; readonly headers: Record<string, string>; readonly body: Buffer } {
  const found = objects[`s3://${bucket}/${key}`];
  if (found !== undefined) {
    return {
      status: 200,
      headers: { 'content-type': 'application/octet-stream' },
      body: typeof found === 'string' ? Buffer.from(found) : Buffer.from(found),
    };
  }
  throw Object.keys(objects).some((uri) => uri.startsWith(`s3://${bucket}/`))
    ? new ServiceError(404, 'NoSuchKey', 'The specified key does not exist.')
    : new ServiceError(404, 'NoSuchBucket', 'The specified bucket does not exist');
}

/** S3's operations are told apart by method and query; what is not GetObject is not told further. */
function operationOf(request: ServiceRequest): string {
  const { method, url } = request;
  const id = url.searchParams.get('x-id');
  if (id !== null) return id;
  const { key } = placeOf(request);
  return method === 'GET' && key !== '' && !url.search.includes('list-type')
    ? 'GetObject'
    : `${method} ${url.pathname}`;
}

function placeOf({ url, headers }: ServiceRequest): {
  readonly bucket: string;
  readonly key: string;
} {
  const path = url.pathname.slice(1);
  // "Virtual-hosted-style requests" (S3 User Guide): what the SDKs send to an endpoint that is a name.
  const named = /^(.+)\.localhost(?::\d+)?$/i.exec(headers.host ?? '')?.[1];
  if (named !== undefined) return { bucket: named, key: decodeURIComponent(path) };
  const [bucket = '', ...key] = path.split('/');
  return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key.join('/')) };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
