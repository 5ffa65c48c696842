import { afterEach, beforeEach, mock } from 'node:test';
import { provideMediaClasses, type FakeTrack } from '../../fakes/media/node-media.js';
import { participant } from '../../fakes/ui/participants.js';
import { SessionHarness, settled } from '../../fakes/session/session-harness.js';

provideMediaClasses();

export const bob = participant('b');

export let world: SessionHarness;

/** Makes the session of this test, without joining. */
export function open(...args: ConstructorParameters<typeof SessionHarness>): SessionHarness {
  return (world = new SessionHarness(...args));
}

export async function joined(...args: ConstructorParameters<typeof SessionHarness>): Promise<void> {
  await open(...args).join(bob);
}

export async function pass(ms: number): Promise<void> {
  mock.timers.tick(ms);
  await settled();
}

export const requests = () => world.prompts.map(({ request }) => request);

export const live = (kind: string): readonly FakeTrack[] =>
  world.tracks.filter((track) => track.kind === kind && track.readyState === 'live');

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'setInterval'] }));

afterEach(() => {
  world.session.commands.endSession();
  mock.timers.reset();
});
