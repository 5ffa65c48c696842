import { after, before, describe } from 'node:test';
import { HistoryDatabase } from '../../../src/server/history/database/history-database.js';
import type { Database } from '../../../src/server/history/database/database.js';
import { startPostgres } from '../../tools/run/services/ensure-postgres.mjs';

/** A fresh history in one kind of database. */
export interface HistoryFixture {
  readonly database: () => Database;
  /** One more connection to the same database; for PostgreSQL only. */
  readonly url: () => string | undefined;
}

const fail = (error: Error): never => {
  throw error;
};

/** Declares the same tests for PostgreSQL and for PGlite. Each gets a database that only this file uses. */
export function onBothDatabases(title: string, tests: (fixture: HistoryFixture) => void): void {
  const postgres = startPostgres();
  void postgres.catch(() => undefined);
  after(async () => (await postgres)?.stop());
  for (const kind of ['PostgreSQL', 'PGlite'] as const) {
    describe(`${title} (${kind})`, () => {
      let history: HistoryDatabase;
      let database: Database | undefined;
      let url: string | undefined;
      before(async (context) => {
        url = kind === 'PostgreSQL' ? (await postgres)?.url : undefined;
        if (kind === 'PostgreSQL' && url === undefined) {
          (context as { skip?: (why: string) => void }).skip?.('no PostgreSQL');
          return;
        }
        history = new HistoryDatabase({ databaseUrl: url }, fail);
        database = await history.open();
      });
      after(() => history.close());
      tests({
        database: () => database ?? fail(new Error('no database')),
        url: () => url,
      });
    });
  }
}
