import { PGlite, types, type Transaction } from '@electric-sql/pglite';
import type { Database, Queries, Row } from './database.js';

/** PostgreSQL inside this process: in `folder`, or in memory. Only one process may use a folder at a time. */
export async function openPglite(folder: string | undefined): Promise<Database> {
  const database = await PGlite.create({
    ...(folder !== undefined && { dataDir: folder }),
    parsers: { [types.INT8]: Number, [types.NUMERIC]: Number },
  });
  return {
    ...queriesOn(database),
    transaction: async <Result>(work: (queries: Queries) => Promise<Result>) =>
      database.transaction((transaction) => work(queriesOn(transaction))),
    close: () => database.close(),
  };
}

function queriesOn(target: Pick<Transaction, 'query'>): Queries {
  return {
    query: async <Result extends Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await target.query<Result>(sql, [...parameters])).rows,
  };
}
