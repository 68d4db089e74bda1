import pg from 'pg';
import { DearlyError } from '../../errors.ts';

/**
 * SQLSTATE classes and codes that say nothing of the statement: the connection (08), resources such as the disk (53, 58), a
 * server that stops or starts (57P), a lost race (40, 55P03), a standby (25006).
 */
const passing = /^(08|40|53|57P|58)|^(55P03|25006)$/;

/** A fault that the same statement would not meet later becomes `database-unavailable`; anything else is left as it is. */
export function databaseFault(error: unknown): unknown {
  if (error instanceof pg.DatabaseError ? !passing.test(error.code ?? '') : !isConnectionLost(error))
    return error;
  return new DearlyError('database-unavailable', 'PostgreSQL does not answer, or asks for another try.', {
    cause: error,
    details: error instanceof Error ? [error.message] : [],
  });
}

/** The driver's own are plain errors; a system's have a name such as ECONNRESET; misuse has a class of its own (TypeError). */
function isConnectionLost(error: unknown): boolean {
  return error instanceof Error && (error.constructor === Error || 'syscall' in error);
}
