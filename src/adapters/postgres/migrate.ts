import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { DearlyError } from '../../errors.ts';
import { openDatabase } from './connect.ts';

const folder = new URL('./migrations/', import.meta.url);

/**
 * Brings the database to the newest schema. Safe to call from many processes at once: Kysely's migrator holds an
 * advisory lock, and each file runs once. @throws DearlyError `database-unavailable`
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const db = openDatabase(databaseUrl, { maxConnections: 1 });
  try {
    const { error } = await new Migrator({
      db,
      provider: { getMigrations: readMigrations },
    }).migrateToLatest();
    if (error) throw error;
  } catch (cause) {
    throw new DearlyError('database-unavailable', 'The database schema cannot be brought up to date.', {
      cause,
      details: [cause instanceof Error ? cause.message : String(cause)],
    });
  } finally {
    await db.destroy();
  }
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const entries = files.map(async (name): Promise<[string, Migration]> => {
    const text = await readFile(new URL(name, folder), 'utf8');
    return [name.replace(/\.sql$/, ''), { up: async (db) => void (await sql.raw(text).execute(db)) }];
  });
  return Object.fromEntries(await Promise.all(entries));
}
