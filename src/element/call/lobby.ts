import { html } from 'lit';
import { createLevelMeter } from '../../media/audio/level-meter.js';
import { playTestTone } from '../../media/audio/test-tone.js';
import type { CallSession } from '../../session/call-session.js';
import { localIdBeforeJoin } from '../../domain/call/participant.js';
import type { CallView } from '../../ui/view/call-view.js';
import { exportedParts } from '../../ui/view/call-parts.js';
import '../../ui/lobby/lobby.js';
import type { CallLobby } from '../../ui/lobby/lobby.js';
import { recoverMedia } from './media-recovery.js';

/** Interval between readings of the microphone level, in ms. */
const levelPeriod = 100;

export interface LobbyOptions {
  readonly view: CallView;
  readonly session: CallSession;
  /** The local name, if the user may choose it. */
  readonly name: () => string | undefined;
  readonly join: (name?: string) => void;
  readonly signal: AbortSignal;
}

/** Opens camera and microphone, and shows the lobby until the user joins. Its tracks are those of the call. */
export function openLobby({ view, session, name, join, signal }: LobbyOptions): void {
  const closed = new AbortController();
  const close = (): void => closed.abort();
  signal.addEventListener('abort', close, { once: true, signal: closed.signal });
  session.store.subscribe(({ phase }) => phase !== 'idle' && close());
  const testSpeaker = (sinkId: string): Promise<void> => playTestTone(sinkId, { signal: closed.signal });
  view.lobby = () =>
    html`<cometchat-call-lobby
      exportparts=${exportedParts}
      .state=${view.state}
      .settings=${view.settings}
      .commands=${session.commands}
      .media=${view.media}
      .words=${view.words}
      .name=${name()}
      .testSpeaker=${testSpeaker}
      @join=${({ detail }: CustomEvent<string | undefined>) => join(detail)}
    ></cometchat-call-lobby>`;
  whenVisible(() => {
    session.openLocalMedia();
    recoverMedia(session, { signal: closed.signal });
  }, closed.signal);
  showLevel(view, session, closed.signal);
}

/** A page opened in the background is not looked at: no camera runs there, and no question of the browser waits. */
function whenVisible(begin: () => void, signal: AbortSignal): void {
  if (!document.hidden) return begin();
  const lifetime = new AbortController();
  const shown = (): void => {
    if (document.hidden) return;
    lifetime.abort();
    begin();
  };
  document.addEventListener('visibilitychange', shown, {
    signal: AbortSignal.any([lifetime.signal, signal]),
  });
}

/** Shows how loud the microphone is, for as long as it is the same one. */
function showLevel(view: CallView, session: CallSession, signal: AbortSignal): void {
  let track: MediaStreamTrack | undefined;
  let meter: { readonly read: () => number; readonly end: AbortController } | undefined;
  const setTrack = (next: MediaStreamTrack | undefined): void => {
    if (next === track) return;
    track = next;
    meter?.end.abort();
    const end = new AbortController();
    const reader = next && createLevelMeter(next, { signal: end.signal });
    meter = reader && { read: () => reader.read(), end };
  };
  const timer = setInterval(() => {
    setTrack(session.media.streamOf(localIdBeforeJoin, 'microphone')?.getTracks()[0]);
    const lobby = view.renderRoot.querySelector<CallLobby>('cometchat-call-lobby');
    if (lobby && !document.hidden) lobby.level = meter?.read() ?? 0;
  }, levelPeriod);
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(timer);
      setTrack(undefined);
    },
    { once: true },
  );
}
