import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { HistoryEntry } from '../../../src/domain/history/history-entry.js';
import { openDataFolder } from '../../../src/server/history/journal/data-folder.js';
import { Journal } from '../../../src/server/history/journal/journal.js';
import { Outbox, type OutboxOptions } from '../../../src/server/history/journal/outbox.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'outbox-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const entry = (seq: number): HistoryEntry => ({
  ...{ source: 'room', callId: 'c', seq, at: seq, facts: [] },
  call: {
    ...{ sessionId: 's', startedAt: 0, category: 'meet', videoMs: 0, endedAt: null },
    ...{ hasVideo: false, hasRecording: false },
    // Long enough for several files.
    initiator: { uid: 'u', name: 'n'.repeat(2000), avatar: '' },
  },
});
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

/** A database that can be switched off, and what it has. */
class FakeDatabase {
  readonly written: number[] = [];
  readonly events: string[] = [];
  readonly counted = { written: 0, dropped: 0, failed: 0 };
  error: Error | null = null;
  refuses: number | null = null;
  hang: Promise<void> | null = null;
  called: () => void = () => undefined;
  readonly batches: number[] = [];

  outbox(options: Partial<OutboxOptions> = {}): Outbox {
    return new Outbox({
      write: async (lines) => {
        this.called();
        await this.hang;
        if (this.error) throw this.error;
        const entries = lines.map((line) => JSON.parse(line) as HistoryEntry);
        this.batches.push(entries.length);
        if (entries.some(({ seq }) => seq === this.refuses))
          throw Object.assign(new Error('invalid'), { code: '22P05' });
        this.written.push(...entries.map(({ seq }) => seq));
      },
      journal: undefined,
      // Pauses take no time, and keep the process running.
      clock: {
        now: () => 0,
        after: (ms, run) => {
          const timer = setTimeout(run, ms > 5000 ? ms : ms / 100);
          return () => clearTimeout(timer);
        },
      },
      log: (_level, event) => this.events.push(event),
      counters: {
        written: (count) => (this.counted.written += count),
        dropped: (count) => (this.counted.dropped += count),
        failed: () => (this.counted.failed += 1),
      },
      ...options,
    });
  }
}

describe('The outbox of the call history', () => {
  it('carries entries to the database in order', async () => {
    const database = new FakeDatabase();
    const outbox = database.outbox();
    for (const seq of range(0, 2500)) outbox.record([entry(seq)]);
    await outbox.settled(10_000);
    assert.deepEqual(database.written, range(0, 2500));
    assert.equal(outbox.pending, 0);
  });

  it('writes together what comes in quick succession, and at once what somebody waits for', async () => {
    const database = new FakeDatabase();
    let lingering = (): void => undefined;
    const clock = {
      now: () => 0,
      after: (_ms: number, run: () => void) => ((lingering = run), () => undefined),
    };
    const outbox = database.outbox({ clock });
    const first = new Promise<void>((resolve) => (database.called = resolve));
    for (const seq of range(0, 4)) outbox.record([entry(seq)]);
    lingering();
    await first;
    await outbox.settled(10_000);
    assert.deepEqual(database.batches, [4]);
    outbox.record([entry(4)]);
    await outbox.settled(10_000);
    assert.deepEqual(database.batches, [4, 1]);
    for (const seq of range(5, 1006)) outbox.record([entry(seq)]);
    const full = new Promise<void>((resolve) => (database.called = resolve));
    await full;
    await outbox.settled(10_000);
    assert.deepEqual(database.batches, [4, 1, 1000, 1]);
  });

  it('tries again until the database is back, and says so once', async () => {
    const database = new FakeDatabase();
    database.error = new Error('ECONNREFUSED');
    const outbox = database.outbox();
    outbox.record([entry(1), entry(2)]);
    while (database.counted.failed < 4) await new Promise((resolve) => setTimeout(resolve, 1));
    outbox.record([entry(3)]);
    database.error = null;
    await outbox.settled(10_000);
    assert.deepEqual(database.written, [1, 2, 3]);
    assert.deepEqual(database.events, [
      'history database is not available: calls go on, their history waits',
      'history database is available again',
    ]);
  });

  it('without a journal, drops the oldest entries that are not being written when there are too many', async () => {
    const database = new FakeDatabase();
    let go = (): void => undefined;
    database.hang = new Promise((resolve) => (go = resolve));
    const outbox = database.outbox({ capacity: 10 });
    const begun = new Promise<void>((resolve) => (database.called = resolve));
    outbox.record([entry(0)]);
    await begun;
    for (const seq of range(1, 31)) outbox.record([entry(seq)]);
    assert.equal(outbox.pending, 10);
    go();
    await outbox.settled(10_000);
    assert.deepEqual(database.written, [0, ...range(22, 31)]);
    assert.equal(database.counted.dropped, 21);
  });

  it('with a journal, loses nothing, in order, and leaves no file behind', async () => {
    const database = new FakeDatabase();
    database.error = new Error('ECONNREFUSED');
    const outbox = database.outbox({ capacity: 100, journal: new Journal(folder) });
    for (const seq of range(0, 3000)) outbox.record([entry(seq)]);
    assert.ok(outbox.pending <= 100);
    assert.ok(readdirSync(folder).length > 3, 'several files');
    database.error = null;
    await outbox.settled(20_000);
    assert.deepEqual(database.written, range(0, 3000));
    outbox.record([entry(3000)]);
    await outbox.close(10_000);
    assert.equal(database.written.at(-1), 3000);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('continues after a process that was killed, also while it wrote', async () => {
    const before = new FakeDatabase();
    before.error = new Error('ECONNREFUSED');
    // A killed process: its pause never ends, and its timers keep nothing alive.
    const clock = { now: () => 0, after: () => () => undefined };
    before.outbox({ journal: new Journal(folder), clock }).record([entry(1), entry(2)]);
    const [file = ''] = readdirSync(folder);
    appendFileSync(join(folder, file), '{"source":"room","callId":');
    const database = new FakeDatabase();
    const outbox = database.outbox({ journal: new Journal(folder) });
    outbox.record([entry(3)]);
    await outbox.settled(10_000);
    assert.deepEqual(database.written, [1, 2, 3]);
    await outbox.close(1000);
  });

  it('is not held up by an entry that the database refuses', async () => {
    const database = new FakeDatabase();
    database.refuses = 2;
    const outbox = database.outbox({ journal: new Journal(folder) });
    outbox.record(range(0, 5).map(entry));
    await outbox.settled(10_000);
    assert.deepEqual(database.written, [0, 1, 3, 4]);
    assert.equal(database.counted.dropped, 1);
    await outbox.close(1000);
  });

  it('goes on in memory when the disk takes no more', async () => {
    const database = new FakeDatabase();
    const journal = new Journal(folder);
    journal.append = () => {
      throw new Error('ENOSPC');
    };
    const outbox = database.outbox({ journal });
    outbox.record([entry(1)]);
    await outbox.settled(10_000);
    assert.deepEqual(database.written, [1]);
  });

  it('does not wait for ever when the server stops', async () => {
    const database = new FakeDatabase();
    database.hang = new Promise(() => undefined);
    const outbox = database.outbox({ journal: new Journal(folder) });
    outbox.record([entry(1)]);
    await outbox.close(10);
    assert.equal(new Journal(folder).oldest().length, 1);
  });

  it('has its folder to itself', () => {
    const open = openDataFolder(folder);
    assert.throws(() => openDataFolder(folder), /in use/);
    open.release();
    openDataFolder(folder).release();
  });
});
