import pg from 'pg';
import type { Database, Queries, Row } from './database.js';

const { Pool, types } = pg;

/** How long (ms) a connection attempt, and how long a statement, may take. */
const [connectTimeoutMs, statementTimeoutMs] = [5000, 15_000];

/** Numbers that exceed 32 bits arrive as text by default: times in ms and counts are exact as numbers. */
const parsers = new Map<number, (text: string) => unknown>([
  [types.builtins.INT8, Number],
  [types.builtins.NUMERIC, Number],
]);

/**
 * A PostgreSQL server (`DATABASE_URL`). Connects when it is first asked. `onError` is called for idle connections that
 * break; they are replaced.
 */
export function openPostgres(url: string, onError: (error: Error) => void): Database {
  const pool = new Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: connectTimeoutMs,
    // The server gives up first, so that the connection stays usable; the client covers for a server that is gone.
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + 5000,
    application_name: 'cometchat-call',
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        parsers.get(oid) ?? (types.getTypeParser(oid, format) as (text: string) => unknown),
    },
  });
  pool.on('error', onError);
  return {
    ...queriesOn(pool),
    transaction: async (work) => {
      const client = await pool.connect();
      let failure: Error | undefined;
      try {
        await client.query('BEGIN');
        const result = await work(queriesOn(client));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        // A connection that cannot even be rolled back is closed, not returned to the pool.
        await client.query('ROLLBACK').catch((reason: Error) => (failure = reason));
        throw error;
      } finally {
        client.release(failure);
      }
    },
    close: () => pool.end(),
  };
}

function queriesOn(target: {
  query: (sql: string, parameters: unknown[]) => Promise<{ rows: Row[] }>;
}): Queries {
  return {
    query: async <Result extends Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await target.query(sql, [...parameters])).rows as unknown as readonly Result[],
  };
}
