import assert from 'node:assert/strict';
import { it } from 'node:test';
import { domEventName } from '../../../src/domain/call/call-events.js';

it('names DOM events after the listeners', () => {
  assert.equal(domEventName('onUserJoined'), 'cometchat-user-joined');
  assert.equal(domEventName('onUserUnMuted'), 'cometchat-user-un-muted');
  assert.equal(domEventName('onCallEndButtonPressed'), 'cometchat-call-end-button-pressed');
});
