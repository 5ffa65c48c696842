import { afterEach, mock } from 'node:test';
import { provideMediaClasses } from '../../fakes/media/node-media.js';
import { participant } from '../../fakes/ui/participants.js';
import { SessionHarness } from '../../fakes/session/session-harness.js';

provideMediaClasses();

const worlds: SessionHarness[] = [];

export const worldWith = (...args: ConstructorParameters<typeof SessionHarness>): SessionHarness => {
  const world = new SessionHarness(...args);
  worlds.push(world);
  return world;
};

afterEach(() => {
  for (const { session } of worlds.splice(0)) session.commands.endSession();
  mock.timers.reset();
});

export const bob = participant('b');

export const cy = participant('c');
