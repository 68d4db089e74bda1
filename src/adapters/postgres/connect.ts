import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
} from 'kysely';
import pg from 'pg';
import { databaseFault } from './database-fault.ts';
import { keepPlans } from './keep-plan.ts';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;

/**
 * A pool over one PostgreSQL; the first query connects. Close it with `destroy()`. While the server is away queries throw
 * DearlyError `database-unavailable`, and work again once it is back.
 */
export function openDatabase(
  databaseUrl: string,
  options: { readonly maxConnections?: number } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: options.maxConnections ?? 10,
    application_name: 'dearly',
    keepAlive: true,
    // The system's own are two hours: a machine that is gone without a word would be waited for as long.
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 15_000,
    onConnect: limitIdleTransactions,
  });
  // A connection that the server ends must not end the process, idle or between two queries; the next query reports it.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    keepPlans(client);
  });
  return new Kysely<Schema>({ dialect: new Dialect({ pool }) });
}

/**
 * A process that is frozen in the middle of a transaction would hold its locks for ever, and hold up all others; so the server
 * ends it. Longer than the freeze of a large audience takes, while which a schedule's row is kept. Said as a statement, because
 * poolers refuse it at the start of a connection.
 */
async function limitIdleTransactions(client: pg.ClientBase): Promise<void> {
  await client.query("set idle_in_transaction_session_timeout = '5min'");
}

class Dialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new FaultyDriver(this.#config);
  }
}

/** Says `database-unavailable` where the driver has a word of its own for each way to lose a server. */
class FaultyDriver extends PostgresDriver {
  readonly #known = new WeakSet<DatabaseConnection>();

  override async acquireConnection(
    ...options: Parameters<PostgresDriver['acquireConnection']>
  ): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection(...options).catch(rethrow);
    if (this.#known.has(connection)) return connection;
    this.#known.add(connection);
    const execute = connection.executeQuery.bind(connection);
    connection.executeQuery = (...query) => execute<never>(...query).catch(rethrow);
    return connection;
  }
}

function rethrow(error: unknown): never {
  throw databaseFault(error);
}
