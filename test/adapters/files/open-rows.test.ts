import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openRows } from '../../../src/adapters/files/open-rows.ts';
import { findDelimiter, splitRecord } from '../../../src/adapters/files/read-csv.ts';
import { maxLineBytes } from '../../../src/adapters/files/read-lines.ts';

const folder = await mkdtemp(join(tmpdir(), 'dearly-rows-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function rowsOf(name: string, content: string | Uint8Array) {
  const path = join(folder, name);
  await writeFile(path, content);
  const source = await openRows(path);
  const rows: unknown[] = [];
  for await (const row of source.rows) {
    rows.push(
      row.kind === 'row' ? [row.line, ...row.entries.map(([, value]) => value)] : [row.error.line, 'broken'],
    );
  }
  await source.close();
  return rows;
}

describe('CSV', () => {
  it('reads quotes, line breaks inside them, both ends of line, a byte order mark and empty lines', async () => {
    const text = '\ufeffexternal_id,city\r\nK1,"a, ""b""\nc"\n\nK2,x\r\nK3,\n';
    expect(await rowsOf('a.csv', text)).toEqual([
      [2, 'K1', 'a, "b"\nc'],
      [5, 'K2', 'x'],
      [6, 'K3', ''],
    ]);
  });

  it.each([';', '\t'])('finds the delimiter %j', async (delimiter) => {
    const text = `"external_id"${delimiter}city\nK1${delimiter}"a, b"`;
    expect(await rowsOf('b.csv', text)).toEqual([[2, 'K1', 'a, b']]);
    expect(findDelimiter('one')).toBe(',');
  });

  it.each([
    ['a quote that is never closed', 'K2,"open'],
    ['a quote inside a field', 'K2,5"3'],
    ['text behind a quote', 'K2,"a"b'],
    ['too few fields', 'K2'],
    ['too many fields', 'K2,a,b'],
  ])('loses one line to %s, and no other', async (_, bad) => {
    const text = `external_id,city\nK1,a\n${bad}\nK3,"c, d"\nK4,"e\nf"\nK5,g\n`;
    expect(await rowsOf('c.csv', text)).toEqual([
      [2, 'K1', 'a'],
      [3, 'broken'],
      [4, 'K3', 'c, d'],
      [5, 'K4', 'e\nf'],
      [7, 'K5', 'g'],
    ]);
  });

  it('loses the lines that are not UTF-8, hold NUL or are too long, and no other', async () => {
    const long = 'x'.repeat(maxLineBytes);
    const parts = [
      Buffer.from('external_id,city\nK1,a\nK2,'),
      Buffer.from([0xe4]),
      Buffer.from(`\nK3,\0\nK4,${long}\nK5,b`),
    ];
    expect(await rowsOf('d.csv', Buffer.concat(parts))).toEqual([
      [2, 'K1', 'a'],
      [3, 'broken'],
      [4, 'broken'],
      [5, 'broken'],
      [6, 'K5', 'b'],
    ]);
  });

  it('gives back any fields that were written by the rules', () => {
    const field = fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', ' ', 'a', 'ä', '=', "'") });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 6 }), (fields) => {
        const text = fields.map((it) => `"${it.replaceAll('"', '""')}"`).join(',');
        expect(splitRecord(text, ',')).toEqual(fields);
      }),
    );
  });
});

describe('NDJSON', () => {
  it('reads one object a line, and loses only the lines that hold none', async () => {
    const text = '{"external_id":"K1","a":[1]}\n\n[1]\nnull\n{"external_id":\n{"external_id":"K2"}';
    expect(await rowsOf('a.ndjson', text)).toEqual([
      [1, 'K1', [1]],
      [3, 'broken'],
      [4, 'broken'],
      [5, 'broken'],
      [6, 'K2'],
    ]);
    expect(await rowsOf('no-extension', '{"external_id":"K1"}')).toEqual([[1, 'K1']]);
  });
});

describe('a file that cannot be read at all', () => {
  it.each([
    ['empty.csv', ''],
    ['blank.csv', '\n\n  \n'],
    ['headless.csv', 'K1,a@b.example\n'],
    ['twice.csv', 'external_id,city,City,city\n'],
    ['quote.csv', 'external_id,"city\n'],
    ['binary.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1])],
    ['utf16.csv', Buffer.from('\ufeffexternal_id\n', 'utf16le')],
    ['list.ndjson', '[{"external_id":"K1"}]'],
    ['zip.csv', Buffer.from('PK\x03\x04')],
    // Else a header without anybody in it, and all is well.
    ['old-mac.csv', 'external_id,city\rK1,a\rK2,b\r'],
  ])('says so: %s', async (name, content) => {
    const path = join(folder, name);
    await writeFile(path, content);
    await expect(openRows(path)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining(name),
    });
  });

  it('says so: a folder, and nothing at all', async () => {
    await mkdir(join(folder, 'folder.csv'));
    await expect(openRows(join(folder, 'folder.csv'))).rejects.toMatchObject({ code: 'file-unreadable' });
    await expect(openRows(join(folder, 'nowhere.csv'))).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});
