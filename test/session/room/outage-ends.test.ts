import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { CallStore } from '../../../src/session/call-store.js';
import { endOutages } from '../../../src/session/room/outage-ends.js';
import { participant } from '../../fakes/ui/participants.js';

describe('the end of an outage', () => {
  let store: CallStore;
  let leave: AbortController;
  let events: string[];

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    store = new CallStore();
    leave = new AbortController();
    events = [];
    endOutages(store, { signal: leave.signal });
    store.dispatch({ type: 'join-started' });
    const snapshot = { sessionId: 's', self: participant('a'), participants: [participant('b')] };
    store.dispatch({ type: 'joined', snapshot, at: 0, mode: 'DEFAULT', audioOnly: false });
    store.dispatch({ type: 'link-changed', id: 'b', state: 'connected' });
    store.events.on('event', ({ name }) => events.push(name), { signal: leave.signal });
  });
  afterEach(() => mock.timers.reset());

  const server = (connection: 'connected' | 'reconnecting'): void =>
    store.dispatch({ type: 'participant-updated', id: 'b', changes: { connection }, by: null });

  it('is notified when the participant has been back for a while', () => {
    server('reconnecting');
    server('connected');
    mock.timers.tick(1499);
    assert.deepEqual(events, ['onRemoteConnectionLost']);
    mock.timers.tick(1);
    assert.deepEqual(events, ['onRemoteConnectionLost', 'onRemoteConnectionRestored']);
  });

  it('starts to wait again when the participant is cut off again', () => {
    server('reconnecting');
    server('connected');
    mock.timers.tick(1000);
    server('reconnecting');
    mock.timers.tick(1000);
    server('connected');
    mock.timers.tick(1499);
    assert.deepEqual(events, ['onRemoteConnectionLost']);
    mock.timers.tick(1);
    assert.deepEqual(events, ['onRemoteConnectionLost', 'onRemoteConnectionRestored']);
  });

  it('is notified at once when the media proves it', () => {
    server('reconnecting');
    server('connected');
    store.dispatch({ type: 'link-changed', id: 'b', state: 'interrupted' });
    store.dispatch({ type: 'link-changed', id: 'b', state: 'connected' });
    mock.timers.tick(5000);
    assert.deepEqual(events, ['onRemoteConnectionLost', 'onRemoteConnectionRestored']);
  });

  it('is not waited for after leaving', () => {
    server('reconnecting');
    server('connected');
    const dispatched = mock.method(store, 'dispatch');
    leave.abort();
    mock.timers.tick(5000);
    assert.equal(dispatched.mock.callCount(), 0);
  });
});
