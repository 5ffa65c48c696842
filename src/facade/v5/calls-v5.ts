import { loadChunk } from '../../base/load-chunk.js';
import type { CallEvent } from '../../domain/call/call-events.js';
import { calls, type LoadedCalls } from '../session/calls-state.js';
import { loadCalls } from '../session/load-calls.js';
import { constants } from './call-constants.js';
import { storedUser } from './account/stored-user.js';
import type { LazyMethods, V5Names } from './v5-names.js';
import type { V5Runtime } from './v5-runtime.js';

const pendingSubscriptions: Parameters<V5Runtime['subscribe']>[] = [];
let runtime: Promise<V5Runtime> | undefined;

const forEver = new AbortController();
// Events come from the runtime, so it is loaded; otherwise its callers got the load failure.
const tell = (event: CallEvent): void => void callRuntime('notify', event).catch(() => undefined);

async function load(): Promise<V5Runtime> {
  const [{ createV5 }] = await Promise.all([
    loadChunk('v5-runtime', () => import('./v5-runtime.js')),
    // Events during the loading of the rest are delivered too.
    loadCalls().then(({ session }) => session.events.on('event', tell, forEver)),
  ]);
  const made = createV5(calls as LoadedCalls);
  for (const listening of pendingSubscriptions.splice(0)) made.subscribe(...listening);
  return made;
}

/** Asks the part of v5 that is loaded when it is first asked. */
export async function callRuntime<Name extends keyof V5Runtime>(
  name: Name,
  ...args: Parameters<V5Runtime[Name]>
): Promise<Awaited<ReturnType<V5Runtime[Name]>>> {
  runtime ??= load().catch((error: unknown) => {
    runtime = undefined;
    throw error;
  });
  const method = (await runtime)[name] as (...given: typeof args) => Awaited<ReturnType<V5Runtime[Name]>>;
  return method(...args);
}

/** A listener is not lost with a chunk that did not load: it listens as soon as that loads for another reason. */
function listenLater(...listening: Parameters<V5Runtime['subscribe']>): void {
  callRuntime('subscribe', ...listening).catch(() => pendingSubscriptions.push(listening));
}

/** All of them: less to download than a list of quoted names. */
const lazyMethods = (
  'initFromSettings login loginWithAuthToken logout addLoginListener removeLoginListener ' +
  'joinSession leaveSession endSessionForAll unmuteAudio toggleAudio toggleVideo raiseHand ' +
  'lowerHand toggleHand toggleRecording setLayout pinParticipant unpinParticipant ' +
  'muteParticipant pauseParticipantVideo showParticipantList hideParticipantList ' +
  'toggleParticipantList startScreenSharing stopScreenSharing enablePictureInPictureLayout ' +
  'showVirtualBackgroundDialog hideVirtualBackgroundDialog clearVirtualBackground ' +
  'setVirtualBackgroundBlurLevel setVirtualBackgroundImage ' +
  'disablePictureInPictureLayout setChatButtonUnreadCount startStreaming stopStreaming ' +
  'startTranscription stopTranscription'
).split(' ') as readonly (keyof LazyMethods)[];

const names: Partial<V5Names> = {
  constants,
  getLoggedInUser: () => storedUser(calls),
  getUserAuthToken: () => storedUser(calls)?.authToken ?? null,
  isUserLoggedIn: () => storedUser(calls) !== null,
  addEventListener(eventName, listener, { signal } = {}) {
    const lifetime = new AbortController();
    listenLater(eventName, listener as () => void, [lifetime.signal, signal]);
    return () => lifetime.abort();
  },
};

for (const name of lazyMethods)
  Object.assign(names, { [name]: (...args: never) => callRuntime(name, ...args) });

for (const kind of ['AudioInput', 'AudioOutput', 'VideoInput'] as const)
  names[`getCurrent${kind}Device`] = () =>
    calls.session?.element?.[`get${kind}Devices`]().find(({ active }) => active);

/** What has the names of v5 as its statics. Most of them are tiny: see `v5-runtime.ts` for what they do. */
export const CallsV5 = Object.assign(class {}, names) as V5Names & (new () => object);
