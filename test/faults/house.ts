// Enters: nothing. Leaves: one real PostgreSQL for all faults, with a migrated database to copy. Never: anything of it, once closed.
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openEmbeddedPostgres,
  removeEmbeddedPostgres,
} from '../../src/adapters/postgres/embedded/embedded.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { openQueue } from '../../src/adapters/postgres/queue.ts';
import { runSql, urlOf } from './sql.ts';

export interface House {
  /** A superuser's address. */
  readonly databaseUrl: string;
  readonly folder: string;
  /** A fresh database: where to, and how it goes again. */
  database(): Promise<{ url: string; drop(): Promise<void> }>;
  /** Stops the server, as an operator does, and starts it again at once. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const template = 'dearly_template';

export async function openHouse(): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'dearly-faults-'));
  const close = async () => {
    await removeEmbeddedPostgres(folder);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    // As root the server runs under another account, which has to get in.
    await chmod(folder, 0o755);
    let server = await openEmbeddedPostgres(folder);
    const { databaseUrl } = server;
    const restart = async () => {
      await server.close();
      server = await openEmbeddedPostgres(folder);
    };
    // The killed leave their connections behind for a moment.
    await runSql(databaseUrl, 'ALTER SYSTEM SET max_connections = 300');
    await restart();
    await runSql(databaseUrl, `CREATE DATABASE ${template}`);
    await migrate(urlOf(databaseUrl, template));
    const queue = await openQueue(urlOf(databaseUrl, template), () => {});
    await queue.close();
    return {
      databaseUrl,
      folder,
      restart,
      close,
      async database() {
        const name = `fault_${randomBytes(6).toString('hex')}`;
        await runSql(databaseUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
        return {
          url: urlOf(databaseUrl, name),
          drop: () => runSql(databaseUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
        };
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
