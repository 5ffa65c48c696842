/** One row of a result, by column name. */
export type Row = Readonly<Record<string, unknown>>;

/** Runs statements of PostgreSQL's SQL. Parameters are `$1`, `$2`, …; `bigint` and `numeric` results are numbers. */
export interface Queries {
  query<Result extends Row = Row>(sql: string, parameters?: readonly unknown[]): Promise<readonly Result[]>;
}

/** A database that speaks PostgreSQL's SQL: a server, or one inside this process. */
export interface Database extends Queries {
  /** Runs `work` on one connection: all of it takes effect, or, when it rejects, nothing. */
  transaction<Result>(work: (queries: Queries) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Data that cannot be what it should be. The code is PostgreSQL's "invalid text representation". */
export class DataError extends Error {
  readonly code = '22P02';
}

/** Whether the database refused the data itself: the same statement would fail again (SQLSTATE classes 22 and 23). */
export function isDataError(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && /^2[23]/.test(code);
}
