import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

interface StoredObject {
  readonly body: Buffer;
  readonly type: string;
}

export interface S3Server {
  readonly url: string;
  readonly objects: ReadonlyMap<string, StoredObject>;
  /** Requests seen, as `METHOD /path`. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

/** As much of S3 on the wire as one store needs: objects, ranges, uploads in parts, XML faults. One bucket: `artefacts`. */
export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, StoredObject>();
  const uploads = new Map<string, { type: string; parts: Map<number, Buffer> }>();
  const log: string[] = [];

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://s3');
    const key = decodeURIComponent(url.pathname);
    const uploadId = url.searchParams.get('uploadId') ?? '';
    const body = await buffer(request);
    log.push(`${request.method} ${key}`);
    const type = request.headers['content-type'] ?? 'application/octet-stream';
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 '))
      return fault(response, 403, 'AccessDenied');
    if (!key.startsWith('/artefacts/')) return fault(response, 404, 'NoSuchBucket');
    if (request.method === 'POST' && url.searchParams.has('uploads')) {
      const id = randomUUID();
      uploads.set(id, { type, parts: new Map() });
      return xml(
        response,
        200,
        `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    const upload = uploads.get(uploadId);
    if (request.method === 'PUT' && upload) {
      upload.parts.set(Number(url.searchParams.get('partNumber')), body);
      return void response.writeHead(200, { etag: etag(body) }).end();
    }
    if (request.method === 'POST' && upload) {
      const whole = Buffer.concat([...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part));
      objects.set(key, { body: whole, type: upload.type });
      uploads.delete(uploadId);
      return xml(
        response,
        200,
        '<CompleteMultipartUploadResult><ETag>"1"</ETag></CompleteMultipartUploadResult>',
      );
    }
    if (request.method === 'PUT') {
      objects.set(key, { body, type });
      return void response.writeHead(200, { etag: etag(body) }).end();
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      return void response.writeHead(204).end();
    }
    const found = objects.get(key);
    if (!found) return fault(response, 404, 'NoSuchKey');
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const part = start === undefined ? found.body : found.body.subarray(Number(start), Number(end) + 1);
    const headers: Record<string, string | number> = {
      'content-type': found.type,
      'content-length': part.length,
      etag: etag(found.body),
    };
    if (start) headers['content-range'] = `bytes ${start}-${end}/${found.body.length}`;
    response.writeHead(start ? 206 : 200, headers).end(request.method === 'HEAD' ? undefined : part);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => fault(response, 500, 'InternalError'));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    log,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function fault(response: ServerResponse, status: number, code: string): void {
  xml(response, status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function xml(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`);
}

function etag(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}
