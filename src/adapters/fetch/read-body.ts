import type { IncomingMessage } from 'node:http';
import { refused } from './asset-fault.ts';

/** The whole body, counted as it comes: what its length header says is not trusted, but may end it early. */
export async function readBody(
  response: IncomingMessage,
  host: string,
  limitBytes: number,
): Promise<Uint8Array> {
  const tooLarge = () => refused(host, `it is larger than ${limitBytes / (1024 * 1024)} MB`);
  if (Number(response.headers['content-length'] ?? 0) > limitBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, sizeBytes);
}
