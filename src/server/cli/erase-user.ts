import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ConfigError } from '../config/server-config.js';
import { replacementUid } from '../history/call-history.js';
import { openDataFolder, type DataFolder } from '../history/journal/data-folder.js';
import { openHistoryStore, type HistoryStore } from '../history/history-store.js';
import { Journal } from '../history/journal/journal.js';
import { UsageError } from './usage-error.js';

const task = 'Nobody can be erased';

const options = { uid: { type: 'string' }, data: { type: 'string' } } as const;

/** `cometchat-call erase-user`: removes a user from the call history. */
export async function eraseUserCommand(args: string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const { values } = parseArgs({ args, options, strict: true });
  const { uid = '', data = environment.DATA_DIR } = values;
  if (uid === '') throw new UsageError('--uid is missing.');
  const databaseUrl = environment.DATABASE_URL || undefined;
  if (databaseUrl === undefined && !data)
    throw new ConfigError(['Where is the call history? Set DATABASE_URL, or add --data FOLDER.'], task);
  const folder = data ? reserve(data, databaseUrl !== undefined) : undefined;
  const store = openHistoryStore({ databaseUrl, dataFolder: folder?.path }, () => undefined);
  try {
    if (folder) await writeWaiting(new Journal(folder.path), store);
    const calls = await store.erase(uid, replacementUid());
    process.stdout.write(`Erased the user from ${calls} ${calls === 1 ? 'call' : 'calls'}.\n`);
  } finally {
    await store.close();
    folder?.release();
  }
}

/** What a killed server has left in its folder would bring the user back when the next one writes it. */
async function writeWaiting(journal: Journal, store: HistoryStore): Promise<void> {
  for (let lines = journal.oldest(); lines.length > 0; lines = journal.oldest()) {
    await store.write(lines);
    journal.confirm(lines.length);
  }
  journal.close();
}

/** `undefined`: with a database, a running server has the folder, and writes to the database what is in it. */
function reserve(path: string, hasDatabase: boolean): DataFolder | undefined {
  // A folder that is made here has no call in it: the user would be believed to be erased.
  if (!existsSync(path)) {
    if (hasDatabase) return undefined;
    throw new ConfigError([`There is no call history in ${path}: it does not exist.`], task);
  }
  try {
    return openDataFolder(path);
  } catch (error) {
    if (hasDatabase) return undefined;
    throw new ConfigError(
      [`${(error as Error).message} Ask that server: DELETE /v3/users/{uid}/calls`],
      task,
    );
  }
}
