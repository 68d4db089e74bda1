import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

/** False where this report was taken before. Part of the caller's transaction: a report whose effect fails was never here. */
export async function keepReport(db: Kysely<Schema>, name: string): Promise<boolean> {
  const { rows } = await sql`
    insert into reports (key) values (${digest(name)}) on conflict (key) do nothing returning key`.execute(
    db,
  );
  return rows.length === 1;
}

export async function isReported(db: Kysely<Schema>, name: string): Promise<boolean> {
  const { rows } = await sql`select from reports where key = ${digest(name)}`.execute(db);
  return rows.length === 1;
}

/** Mail servers try for five days, providers for three; who says something again after this is heard again. */
const keptDays = 90;

/** Returns how many were forgotten. Soft bounces count for less than this; what is kept of an address goes with them. */
export async function forgetReports(db: Kysely<Schema>): Promise<number> {
  await sql`delete from soft_bounces where at < now() - ${keptDays} * interval '1 day'`.execute(db);
  const { numAffectedRows } = await sql`
    delete from reports where at < now() - ${keptDays} * interval '1 day'`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** A UUID for what others name in words of their own: the same one for the same words (RFC 9562, version 8). */
export function eventKey(name: string): string {
  const bytes = digest(name).subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function digest(name: string): Buffer {
  return createHash('sha256').update(name).digest();
}
