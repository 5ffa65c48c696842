import { afterEach } from 'node:test';
import { provideMediaClasses } from '../../fakes/media/node-media.js';
import { type SessionHarness } from '../../fakes/session/session-harness.js';

provideMediaClasses();

export const worlds: SessionHarness[] = [];

afterEach(() => {
  for (const { session } of worlds.splice(0)) session.commands.endSession();
});
