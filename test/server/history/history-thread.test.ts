import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { isDataError } from '../../../src/server/history/database/database.js';
import { HistoryThread } from '../../../src/server/history/history-thread.js';
import { RoomDiary } from '../harness/room-diary.js';

const folder = mkdtempSync(join(tmpdir(), 'history-thread-'));
const script = join(folder, 'history-worker.mjs');

before(() =>
  build({
    entryPoints: [fileURLToPath(import.meta.resolve('../../../src/server/history/history-worker.ts'))],
    ...{ outfile: script, bundle: true, format: 'esm', platform: 'node' },
    plugins: [
      {
        name: 'packages-are-where-they-are',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^(@electric-sql\/pglite|pg)$/ }, ({ path }) => ({
            ...{ path: import.meta.resolve(path), external: true },
          })),
      },
    ],
  }),
);
after(() => rmSync(folder, { recursive: true, force: true }));

const fail = (error: Error): never => {
  throw error;
};
const lines = (sessionId: string): readonly string[] =>
  new RoomDiary(sessionId)
    .join('ada')
    .leave('ada')
    .entries.map((entry) => JSON.stringify(entry));

describe('The thread of the call history', () => {
  it('writes and reads, and says which data the database refuses', async () => {
    const thread = new HistoryThread({}, fail, pathToFileURL(script));
    await thread.write(lines('standup'));
    const [call] = await thread.session('standup', 'ada');
    assert.equal(call?.status, 'ended');
    await assert.rejects(thread.write(['{"source":"ro']), isDataError);
    assert.equal(await thread.erase('ada', 'nobody'), 1);
    assert.deepEqual(await thread.session('standup', 'ada'), []);
    await thread.close();
  });

  it('answers again after its end, with what it keeps on disk', async () => {
    const place = { dataFolder: folder };
    const ended = new HistoryThread(place, fail, pathToFileURL(script));
    await ended.write(lines('retro'));
    await ended.close();
    assert.equal((await ended.session('retro', null)).length, 1);
    await ended.close();
  });

  it('lets nobody wait for a thread that could not start', async () => {
    const errors: string[] = [];
    const missing = pathToFileURL(join(folder, 'missing.mjs'));
    const thread = new HistoryThread({}, ({ message }) => errors.push(message), missing);
    await assert.rejects(thread.write(lines('lost')), /has ended/);
    assert.match(errors[0] ?? '', /missing\.mjs/);
  });

  it('can be closed while it ends by itself', async () => {
    const ending = join(folder, 'ending.mjs');
    writeFileSync(
      ending,
      "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit());",
    );
    const thread = new HistoryThread({}, fail, pathToFileURL(ending));
    const written = assert.rejects(thread.write(lines('lost')), /has ended/);
    await thread.close();
    await written;
    await thread.close();
  });

  it('is ended, and what went wrong is told, if its store cannot be closed', async () => {
    const failing = join(folder, 'failing.mjs');
    writeFileSync(
      failing,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', ({ id, name }) => parentPort.postMessage({ id, error: { message: 'no ' + name } }));`,
    );
    const errors: string[] = [];
    const thread = new HistoryThread({}, ({ message }) => errors.push(message), pathToFileURL(failing));
    await assert.rejects(thread.write([]), /no write/);
    await thread.close();
    assert.deepEqual(errors, ['no close']);
  });
});
