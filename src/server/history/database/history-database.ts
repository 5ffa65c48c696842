import { join } from 'node:path';
import type { Database } from './database.js';
import { migrate } from './migrations.js';

/** Where the call history is kept. */
export interface HistoryPlace {
  readonly databaseUrl?: string | undefined;
  readonly dataFolder?: string | undefined;
}

/** A database that is opened, and brought up to date, when it is first used; after a failure at the next use. */
export class HistoryDatabase {
  #opened: Promise<Database> | undefined;

  constructor(
    private readonly place: HistoryPlace,
    /** Hears of connections that break while they are not in use. */
    private readonly onError: (error: Error) => void,
  ) {}

  open(): Promise<Database> {
    this.#opened ??= this.#openAndMigrate().catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    // One that could not be opened needs no closing.
    await opened?.then(
      (database) => database.close(),
      () => undefined,
    );
  }

  async #openAndMigrate(): Promise<Database> {
    const database = await this.#connect();
    try {
      await migrate(database);
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** Both are large: a server loads the one it uses. */
  async #connect(): Promise<Database> {
    const { databaseUrl, dataFolder } = this.place;
    if (databaseUrl !== undefined)
      return (await import('./postgres-database.js')).openPostgres(databaseUrl, this.onError);
    const { openPglite } = await import('./pglite-database.js');
    return openPglite(dataFolder === undefined ? undefined : join(dataFolder, 'database'));
  }
}
