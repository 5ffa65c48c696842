import { log } from '../../base/logger.js';
import { isActive, type CallState } from '../../domain/call/call-state.js';
import type { JoinedCall } from './joined-call.js';

const logger = log('platform');

/** Actions of the Media Session API; some are newer than TypeScript's library, none is in every browser. */
type CallAction = 'togglemicrophone' | 'togglecamera' | 'hangup' | 'enterpictureinpicture';

/** Behaves as a call should on this platform: keys of headsets and of the system, a screen that stays on, picture-in-picture. */
export function integrateWithPlatform(call: JoinedCall): void {
  connectMediaSession(call);
  keepScreenAwake(call);
  trackFullScreen(call);
  claimAudioSession(call);
}

function connectMediaSession({ session, signal }: JoinedCall): void {
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
  const setHandler = (action: CallAction, handle: (() => void) | null): void =>
    ignoreErrors(() => mediaSession.setActionHandler(action as MediaSessionAction, handle));
  const updateState = ({ local }: CallState): void => {
    ignoreErrors(() => mediaSession.setMicrophoneActive(local.microphone.actual));
    ignoreErrors(() => mediaSession.setCameraActive(local.camera.actual));
  };
  for (const action of Object.keys(actions) as CallAction[]) setHandler(action, actions[action]);
  updateState(session.store.get());
  const stop = session.store.subscribe((state, before) => state.local !== before.local && updateState(state));
  signal.addEventListener(
    'abort',
    () => {
      stop();
      for (const action of Object.keys(actions) as CallAction[]) setHandler(action, null);
    },
    { once: true },
  );
}

/** The system takes the lock away whenever the page is hidden. */
function keepScreenAwake({ signal }: JoinedCall): void {
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
    const type = session.localTrack('microphone') ? 'play-and-record' : 'auto';
    if (audioSession.type !== type) ignoreErrors(() => (audioSession.type = type));
  };
  const stop = session.store.subscribe(claim);
  claim();
  signal.addEventListener(
    'abort',
    () => {
      stop();
      ignoreErrors(() => (audioSession.type = 'auto'));
    },
    { once: true },
  );
}

/** The button says what it does next. */
function trackFullScreen({ host, view, signal }: JoinedCall): void {
  const update = (): void => {
    const bar = view.renderRoot.querySelector('cometchat-call-controls');
    if (bar) bar.fullScreen = host.matches(':fullscreen');
  };
  host.addEventListener('fullscreenchange', update, { signal });
}

/** Browsers throw at an action they do not know, and may refuse what they do. */
function ignoreErrors(run: () => unknown): void {
  const attempted = async (): Promise<unknown> => run();
  attempted().catch((error: unknown) => logger.debug(error));
}
