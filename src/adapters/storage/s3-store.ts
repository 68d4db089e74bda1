// Enters: artefacts under keys. Leaves: the same, from a bucket of S3 or whatever speaks its language.
// Never: credentials of its own; the SDK finds them (AWS_* variables, files, instance roles), the endpoint too (AWS_ENDPOINT_URL).
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { DearlyError } from '../../errors.ts';
import type { ArtefactHead, ArtefactStore } from '../../render/artefact-store.ts';
import { assertKey } from './assert-key.ts';

export interface S3Place {
  readonly bucket: string;
  /** Without slashes at its ends; empty for none. */
  readonly prefix: string;
}

/** `overrides` is for tests; the environment says the rest. */
export function s3Store({ bucket, prefix }: S3Place, overrides: S3ClientConfig = {}): ArtefactStore {
  const client = new S3Client({
    // Path style is what every server speaks; MinIO and its like know no other without DNS of their own.
    forcePathStyle: true,
    // Newer checksums only where S3 asks for them: many compatible servers refuse them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...overrides,
  });
  const place = (key: string) => {
    assertKey(key);
    return { Bucket: bucket, Key: prefix === '' ? key : `${prefix}/${key}` };
  };
  return {
    async put(key, body, contentType) {
      const at = place(key);
      const Body = body instanceof Uint8Array ? body : createReadStream(body.file);
      try {
        // Large files go in parts that are tried again one by one; S3 shows the object once all of them are there.
        await new Upload({ client, params: { ...at, Body, ContentType: contentType } }).done();
      } catch (cause) {
        throw new DearlyError('storage-failed', `${key} cannot be kept.`, { cause });
      } finally {
        if ('destroy' in Body) Body.destroy();
      }
    },

    async head(key): Promise<ArtefactHead | null> {
      const at = place(key);
      try {
        const found = await client.send(new HeadObjectCommand(at));
        const contentType = found.ContentType ?? 'application/octet-stream';
        return { sizeBytes: found.ContentLength ?? 0, contentType };
      } catch (cause) {
        if (isAbsent(cause)) return null;
        throw new DearlyError('storage-failed', `${key} cannot be looked up.`, { cause });
      }
    },

    async read(key, range): Promise<Readable> {
      const at = place(key);
      try {
        const Range = range && `bytes=${range.start}-${range.end}`;
        const { Body } = await client.send(new GetObjectCommand({ ...at, ...(Range && { Range }) }));
        return Body as Readable;
      } catch (cause) {
        if (isAbsent(cause))
          throw new DearlyError('artefact-missing', `Nothing is kept under ${key}.`, { cause });
        throw new DearlyError('storage-failed', `${key} cannot be read.`, { cause });
      }
    },

    async remove(key) {
      const at = place(key);
      try {
        await client.send(new DeleteObjectCommand(at));
      } catch (cause) {
        throw new DearlyError('storage-failed', `${key} cannot be removed.`, { cause });
      }
    },
  };
}

/** A bucket that is not there is a fault of the set-up, not an absent artefact. */
function isAbsent(cause: unknown): boolean {
  return (
    cause instanceof S3ServiceException &&
    cause.$metadata.httpStatusCode === 404 &&
    cause.name !== 'NoSuchBucket'
  );
}
