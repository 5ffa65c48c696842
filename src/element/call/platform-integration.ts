import { log } from '../../base/logger.js';
import { isActive, type CallState } from '../../domain/call/call-state.js';
import type { JoinedCall } from './connection/joined-call.js';

const logger = log('platform');

/** Actions of the Media Session API; some are newer than TypeScript's library, none is in every browser. */
type CallAction = 'togglemicrophone' | 'togglecamera' | 'hangup' | 'enterpictureinpicture';

/** Integrates the call with the platform: media keys, wake lock, full screen and audio session. */
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
    togglemicrophone: () => session.commands.muteAudio(session.store.get().local.microphone.wanted),
    togglecamera: () => session.commands.pauseVideo(session.store.get().local.camera.wanted),
    hangup: () => session.commands.pressEndCall(),
    enterpictureinpicture: () => {
      const state = session.store.get();
      if (isActive(state) && !state.pictureInPicture) session.commands.togglePictureInPicture();
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

/** The system releases the wake lock whenever the page is hidden. */
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
      // Low battery, or a frame without permission: the screen then sleeps as usual.
      logger.debug(error);
    }
  };
  document.addEventListener('visibilitychange', () => void acquire(), { signal });
  signal.addEventListener('abort', release, { once: true });
  void acquire();
}

/** Safari: a `play-and-record` audio session keeps the microphone when other audio starts. */
function claimAudioSession({ session, signal }: JoinedCall): void {
  const { audioSession } = navigator as Navigator & { readonly audioSession?: { type: string } };
  if (!audioSession) return;
  const claim = (): void => {
    const type = session.media.localTrack('microphone') ? 'play-and-record' : 'auto';
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

/** Keeps the label of the full-screen button current. */
function trackFullScreen({ host, view, signal }: JoinedCall): void {
  const update = (): void => {
    const bar = view.renderRoot.querySelector('cometchat-call-controls');
    if (bar) bar.fullScreen = host.matches(':fullscreen');
  };
  host.addEventListener('fullscreenchange', update, { signal });
}

/** Browsers throw for unknown actions and may refuse known ones. */
function ignoreErrors(run: () => unknown): void {
  const attempted = async (): Promise<unknown> => run();
  attempted().catch((error: unknown) => logger.debug(error));
}
