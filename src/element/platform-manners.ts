import { log } from '../base/logger.js';
import { isActive, type CallState } from '../domain/call-state.js';
import type { JoinedCall } from './joined-call.js';

const logger = log('platform');

/** Actions of the Media Session API; some are newer than TypeScript's library, none is in every browser. */
type CallAction = 'togglemicrophone' | 'togglecamera' | 'hangup' | 'enterpictureinpicture';

/** Behaves as a call should on this platform: keys of headsets and of the system, a screen that stays on, picture-in-picture. */
export function mindManners(call: JoinedCall): void {
  obeyMediaSession(call);
  keepScreenOn(call);
  noteFullScreen(call);
  claimAudioSession(call);
}

function obeyMediaSession({ session, signal }: JoinedCall): void {
  const mediaSession = navigator.mediaSession as MediaSession | undefined;
  if (!mediaSession) return;
  const actions: Readonly<Record<CallAction, () => void>> = {
    togglemicrophone: () => session.muteAudio(session.store.get().local.microphone.wanted),
    togglecamera: () => session.pauseVideo(session.store.get().local.camera.wanted),
    hangup: () => session.pressEndCall(),
    enterpictureinpicture: () => {
      const state = session.store.get();
      if (isActive(state) && !state.pictureInPicture) session.togglePictureInPicture();
    },
  };
  const obey = (action: CallAction, handle: (() => void) | null): void =>
    attempt(() => mediaSession.setActionHandler(action as MediaSessionAction, handle));
  const tell = ({ local }: CallState): void => {
    attempt(() => mediaSession.setMicrophoneActive(local.microphone.actual));
    attempt(() => mediaSession.setCameraActive(local.camera.actual));
  };
  for (const action of Object.keys(actions) as CallAction[]) obey(action, actions[action]);
  tell(session.store.get());
  const stop = session.store.subscribe((state, before) => state.local !== before.local && tell(state));
  signal.addEventListener(
    'abort',
    () => {
      stop();
      for (const action of Object.keys(actions) as CallAction[]) obey(action, null);
    },
    { once: true },
  );
}

/** The system takes the lock away whenever the page is hidden. */
function keepScreenOn({ signal }: JoinedCall): void {
  const wakeLock = navigator.wakeLock as WakeLock | undefined;
  if (!wakeLock) return;
  let lock: WakeLockSentinel | undefined;
  const release = (): void => void lock?.release().catch((error: unknown) => logger.debug(error));
  const acquire = async (): Promise<void> => {
    if (document.hidden || signal.aborted || lock?.released === false) return;
    try {
      lock = await wakeLock.request('screen');
      if (signal.aborted) release();
    } catch (error) {
      // A battery that runs low, or a frame that may not: the screen then sleeps as usual.
      logger.debug(error);
    }
  };
  document.addEventListener('visibilitychange', () => void acquire(), { signal });
  signal.addEventListener('abort', release, { once: true });
  void acquire();
}

/** Safari: a page that records and plays keeps its microphone when other sound begins. */
function claimAudioSession({ session, signal }: JoinedCall): void {
  const { audioSession } = navigator as Navigator & { readonly audioSession?: { type: string } };
  if (!audioSession) return;
  const claim = (): void => {
    const type = session.ownTrack('microphone') ? 'play-and-record' : 'auto';
    if (audioSession.type !== type) attempt(() => (audioSession.type = type));
  };
  const stop = session.store.subscribe(claim);
  claim();
  signal.addEventListener(
    'abort',
    () => {
      stop();
      attempt(() => (audioSession.type = 'auto'));
    },
    { once: true },
  );
}

/** The button says what it does next. */
function noteFullScreen({ host, view, signal }: JoinedCall): void {
  const note = (): void => {
    const bar = view.renderRoot.querySelector('cometchat-call-controls');
    if (bar) bar.fullScreen = host.matches(':fullscreen');
  };
  host.addEventListener('fullscreenchange', note, { signal });
}

/** Browsers throw at an action they do not know, and may refuse what they do. */
function attempt(act: () => unknown): void {
  const attempted = async (): Promise<unknown> => act();
  attempted().catch((error: unknown) => logger.debug(error));
}
