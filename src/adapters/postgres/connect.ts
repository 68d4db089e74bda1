import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;

/** A pool over one PostgreSQL; the first query connects. Close it with `destroy()`. */
export function openDatabase(
  databaseUrl: string,
  options: { readonly maxConnections?: number } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: options.maxConnections ?? 10,
    application_name: 'dearly',
  });
  // An idle connection that the server ends must not end the process; the next query reports it.
  pool.on('error', () => {});
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}
