import type { CallEvent } from '../../domain/call-events.js';
import { calls, type LoadedCalls } from '../calls-state.js';
import { loadCalls } from '../load-calls.js';
import { constants } from './call-constants.js';
import { storedUser } from './stored-user.js';
import type { LateNames, V5Names } from './v5-names.js';
import type { V5Runtime } from './v5-runtime.js';

let runtime: Promise<V5Runtime> | undefined;

const forEver = new AbortController();
const tell = (event: CallEvent): void => void later('tell', event);

async function load(): Promise<V5Runtime> {
  const [{ createV5 }] = await Promise.all([
    import('./v5-runtime.js'),
    // What happens while the rest is being loaded is told, too.
    loadCalls().then(({ session }) => session.events.on('event', tell, forEver)),
  ]);
  return createV5(calls as LoadedCalls);
}

/** Asks the part of v5 that is loaded when it is first asked. */
export async function later<Name extends keyof V5Runtime>(
  name: Name,
  ...args: Parameters<V5Runtime[Name]>
): Promise<Awaited<ReturnType<V5Runtime[Name]>>> {
  runtime ??= load().catch((error: unknown) => {
    runtime = undefined;
    throw error;
  });
  const ask = (await runtime)[name] as (...given: typeof args) => Awaited<ReturnType<V5Runtime[Name]>>;
  return ask(...args);
}

/** All of them: less to download than a list of quoted names. */
const lateNames = (
  'initFromSettings login loginWithAuthToken logout addLoginListener removeLoginListener ' +
  'joinSession leaveSession endSessionForAll unmuteAudio toggleAudio toggleVideo raiseHand ' +
  'lowerHand toggleHand toggleRecording setLayout pinParticipant unpinParticipant ' +
  'muteParticipant pauseParticipantVideo showParticipantList hideParticipantList ' +
  'toggleParticipantList startScreenSharing stopScreenSharing enablePictureInPictureLayout ' +
  'showVirtualBackgroundDialog hideVirtualBackgroundDialog clearVirtualBackground ' +
  'setVirtualBackgroundBlurLevel setVirtualBackgroundImage ' +
  'disablePictureInPictureLayout setChatButtonUnreadCount startStreaming stopStreaming ' +
  'startTranscription stopTranscription'
).split(' ') as readonly (keyof LateNames)[];

const names: Partial<V5Names> = {
  constants,
  getLoggedInUser: () => storedUser(calls),
  getUserAuthToken: () => storedUser(calls)?.authToken ?? null,
  isUserLoggedIn: () => storedUser(calls) !== null,
  addEventListener(eventName, listener, { signal } = {}) {
    const life = new AbortController();
    void later('listen', eventName, listener as () => void, [life.signal, signal]);
    return () => life.abort();
  },
};

for (const name of lateNames) Object.assign(names, { [name]: (...args: never) => later(name, ...args) });

for (const kind of ['AudioInput', 'AudioOutput', 'VideoInput'] as const)
  names[`getCurrent${kind}Device`] = () =>
    calls.session?.element?.[`get${kind}Devices`]().find(({ active }) => active);

/** What has the names of v5 as its statics. Most of them are tiny: see `v5-runtime.ts` for what they do. */
export const CallsV5 = Object.assign(class {}, names) as V5Names & (new () => object);
