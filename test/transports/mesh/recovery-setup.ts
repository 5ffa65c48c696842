import { expect } from '@open-wc/testing';
import { createMeshTransport } from '../../../src/transports/mesh/mesh-transport.js';
import { CallInOnePage, type TestParticipant } from '../../fakes/session/call-in-one-page.js';
import type { HubSignal } from '../../fakes/signaling/signaling-hub.js';
import { movingVideo } from '../../fakes/media/test-tracks.js';
import { watchConnections } from '../../fakes/signaling/watch-connections.js';

export let end: AbortController;

export let call: CallInOnePage;

export let connections: ReturnType<typeof watchConnections>;

const unhandled: unknown[] = [];

const note = (event: PromiseRejectionEvent | ErrorEvent): void => void unhandled.push(event);

beforeEach(() => {
  end = new AbortController();
  unhandled.length = 0;
  connections = watchConnections(end.signal);
  call = new CallInOnePage(createMeshTransport, end.signal);
  addEventListener('unhandledrejection', note, { signal: end.signal });
  addEventListener('error', note, { signal: end.signal });
});

afterEach(() => {
  end.abort();
  expect(connections.open()).to.eql([]);
  expect(unhandled).to.eql([]);
});

export const show = async (...ids: string[]): Promise<TestParticipant[]> => {
  const members = call.join(...ids);
  for (const { transport } of members) await transport.send('camera', movingVideo('red', end.signal));
  return members;
};

export const seen = async (): Promise<void> => {
  const all = [...call.participants.values()];
  await Promise.all(
    all.flatMap((one) =>
      all.filter((two) => two !== one).map(({ id }) => one.receivesVideo(id, 'camera', 'red')),
    ),
  );
};

export const sent = (type: HubSignal['data']['type']): number =>
  call.hub.sent.filter(({ data }) => data.type === type).length;

/** Connections that were offered. An ICE restart offers new candidates for the same one. */
export const offers = (): number =>
  new Set(call.hub.sent.filter(({ data }) => data.type === 'offer').map(({ epoch }) => epoch)).size;
