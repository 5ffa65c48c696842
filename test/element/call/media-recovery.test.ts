import { expect } from '@open-wc/testing';
import type { CallErrorCode } from '../../../src/domain/call-error.js';
import { CallStore } from '../../../src/session/call-store.js';
import { recoverMedia } from '../../../src/element/call/media-recovery.js';
import { fakeDevice, replace, replaceMediaDevices } from '../../fakes/media/media-devices.js';
import { spyCommands, type RecordedCommands } from '../../fakes/ui/spy-commands.js';
import { waitUntil } from '../../harness/wait-until.js';

/** A camera that failed in the lobby, and what comes of it. */
interface RecoveryCase {
  readonly title: string;
  readonly failure: CallErrorCode;
  readonly event: 'granted' | 'connected';
  readonly in?: 'call' | 'hidden page';
  readonly recovers: boolean;
}

const cases: readonly RecoveryCase[] = [
  { title: 'a camera is connected', failure: 'MEDIA_NOT_FOUND', event: 'connected', recovers: true },
  { title: 'a camera is allowed', failure: 'MEDIA_DENIED', event: 'granted', recovers: true },
  { title: 'another cause goes away', failure: 'MEDIA_DENIED', event: 'connected', recovers: false },
  {
    ...{ title: 'a camera is connected during the call', in: 'call', recovers: false },
    ...{ failure: 'MEDIA_NOT_FOUND', event: 'connected' },
  },
  {
    ...{ title: 'a camera is allowed during the call', in: 'call', recovers: false },
    ...{ failure: 'MEDIA_DENIED', event: 'granted' },
  },
  {
    ...{ title: 'a camera is connected while the page is hidden', in: 'hidden page', recovers: false },
    ...{ failure: 'MEDIA_NOT_FOUND', event: 'connected' },
  },
];

describe('a camera that failed in the lobby', () => {
  let lifetime: AbortController;
  let undo: (() => void)[];
  let asked: number;
  const permission = new EventTarget();

  beforeEach(() => {
    lifetime = new AbortController();
    asked = 0;
    undo = [
      replaceMediaDevices({
        enumerateDevices: () => {
          asked += 1;
          return Promise.resolve([fakeDevice('videoinput', 'usb')]);
        },
      }),
      replace(navigator.permissions, 'query', ({ name }: { readonly name: string }) =>
        Promise.resolve(
          name === 'camera' ? Object.assign(permission, { state: 'granted' }) : new EventTarget(),
        ),
      ),
    ];
  });
  afterEach(() => {
    lifetime.abort();
    undo.forEach((restore) => restore());
  });

  const connect = async (): Promise<void> => {
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    await waitUntil(() => asked > 0, 'the devices are read');
    await Promise.resolve();
  };

  for (const { title, failure, event, in: place, recovers } of cases)
    it(`${recovers ? 'comes on' : 'stays off'} when ${title}`, async () => {
      const store = new CallStore();
      const { commands, recorded } = spyCommands();
      store.dispatch({ type: 'media-settled', source: 'camera', on: false, failure });
      recoverMedia({ store, commands }, lifetime);
      // The permissions are asked for.
      await Promise.resolve();
      if (place === 'call') store.dispatch({ type: 'join-started' });
      if (place === 'hidden page') undo.push(replace(document, 'hidden', true));
      if (event === 'connected') await connect();
      else permission.dispatchEvent(new Event('change'));
      const turnedOn: RecordedCommands[] = [['pauseVideo', false]];
      expect(recorded).to.eql(recovers ? turnedOn : []);
    });
});
