import { loadChunk } from '../../base/load-chunk.js';
import { asCallError } from '../../domain/call-error.js';
import { callEvent, type CallEvent } from '../../domain/call/call-events.js';
import { isActive, type CallState } from '../../domain/call/call-state.js';
import { browserPorts } from '../../session/browser-ports.js';
import { CallSession } from '../../session/call-session.js';
import type { SessionPorts } from '../../session/session-ports.js';
import type { CallSettings } from '../../settings/setting-rows.js';
import '../../ui/view/call-view.js';
import { announceLoadFailure } from '../../ui/load-failure.js';
import type { CallView } from '../../ui/view/call-view.js';
import { exportedParts } from '../../ui/view/call-parts.js';
import type { CallConnection } from '../host/call-connection.js';
import { openCallChannel } from './call-channel.js';
import { commandRows, type CommandTarget } from '../commands/command-rows.js';
import { createCallLanguage } from '../i18n/call-language.js';
import { keepKeys } from '../commands/early-keys.js';
import type { LocalizedStrings } from '../i18n/localized-strings.js';
import { preloadOnGesture } from './preload-on-gesture.js';
import { deferChannel } from './deferred-channel.js';
import { reportLoadFailures } from './load-failures.js';
import { loadLobby } from './lobby-loader.js';
import { createPictureInPicture } from '../pip/picture-in-picture.js';
import { createRecording } from '../recording/recording-loader.js';
import type { SettingProperties } from '../host/setting-properties.js';
import { forwardSlots } from '../host/slot-forwarding.js';

export { tokens } from '../../ui/base/tokens.styles.js';

export interface CallOptions {
  /** The element that the page sees. */
  readonly host: HTMLElement & CommandTarget & SettingProperties;
  /** Where the interface goes, in the element's shadow tree. */
  readonly stage: Element;
  readonly connection: CallConnection;
  readonly settings: CallSettings;
  readonly localizedStrings: LocalizedStrings;
  /** Returns whether the page lets the event's default be done. */
  readonly dispatchEvent: (event: CallEvent) => boolean;
  readonly onState: (state: CallState) => void;
  /** Whether to wait in the lobby until the user joins. */
  readonly lobby: boolean;
  /** The user gave a name in the lobby. */
  readonly onNamed: (name: string) => void;
  /** The user pressed Rejoin on the ended screen. */
  readonly onRejoin: () => void;
  /** Aborted: the call is no longer wanted. */
  readonly signal: AbortSignal;
}

export interface OpenCall {
  readonly session: CallSession;
  /**
   * Goes on under another connection, if that is the same call for the same user: with a fresh token, say. `false`: it
   * is another call. A token that cannot be read is an error; the call goes on with the one it has.
   */
  renew(connection: CallConnection): boolean;
  /** Joins from the lobby; does nothing later. */
  join(): void;
  updateSettings(settings: CallSettings): void;
  updateWords(strings: LocalizedStrings): Promise<void>;
  /** Runs a `--command`. */
  runCommand(command: string): void;
  /** Leaves the call, if it is not over, and removes the interface. */
  close(): void;
}

/** How long the interface waits for the locale before it is shown in English. */
const localeTimeoutMs = 3000;

const elapsed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Joins a call and shows it: everything that a page needs only once it is in a call. */
export async function openCall({
  host,
  stage,
  connection,
  settings,
  localizedStrings,
  dispatchEvent,
  onState,
  lobby: showLobby,
  onNamed,
  onRejoin,
  signal,
}: CallOptions): Promise<OpenCall> {
  const callChannel = await openCallChannel(connection);
  let name = connection.signaling === 'broadcast' ? connection.userName : undefined;
  const openChannel: SessionPorts['openChannel'] = (options) => callChannel.open(options, name);
  const session: CallSession = new CallSession(settings, {
    ...browserPorts,
    openChannel: showLobby ? deferChannel(openChannel) : openChannel,
    pictureInPicture: createPictureInPicture(() => ({ host, view, session }), signal),
    recording: createRecording(() => ({ session, view, dispatchEvent })),
    loadProcessing: async (...context) =>
      (await loadChunk('processing', () => import('./processing.js'))).openProcessing(
        { host, view, session },
        ...context,
      ),
    showBackgrounds(shown) {
      loadChunk('backgrounds', () => import('./backgrounds.js')).then(
        ({ showBackgrounds }) => showBackgrounds(shown, { host, view, signal }),
        missing,
      );
    },
  });
  const view: CallView = Object.assign(document.createElement('cometchat-call-view'), {
    state: session.store.get(),
    settings,
    commands: session,
    media: {
      streamOf: session.streamOf.bind(session),
      onLevels: session.onLevels.bind(session),
      get sinkId() {
        return activeSpeaker(session.store.get());
      },
    },
  });
  const missing = (error: unknown): void => announceLoadFailure(view, error);
  reportLoadFailures({ view, session, signal });
  view.addEventListener('rejoin', onRejoin, { signal });
  preloadOnGesture(host, { signal });
  adviseLater(host, signal, missing);
  view.setAttribute('exportparts', exportedParts);
  const stopSlots = forwardSlots(host, view);
  const words = createCallLanguage(host, view, localizedStrings);
  let loadExtras = (): void => {
    loadExtras = () => undefined;
    const takeKeys = keepKeys(host, { signal });
    loadChunk('post-join-extras', () => import('./post-join-extras.js'))
      .then(({ startPostJoinExtras }) => startPostJoinExtras({ host, view, session, signal }, takeKeys))
      .catch(missing);
  };
  const stop = session.store.subscribe((state) => {
    view.state = state;
    onState(state);
    if (isActive(state)) loadExtras();
  });
  session.store.events.on('event', dispatchEvent, { signal });
  if (!signal.aborted) {
    // Joining does not wait for the locale. The text changes language later only if the locale loads slowly.
    void Promise.race([words.ready, elapsed(localeTimeoutMs)]).then(
      () => signal.aborted || stage.replaceChildren(view),
    );
    const join = (chosenName?: string): void => {
      if (chosenName !== undefined) onNamed((name = chosenName));
      void session.join();
    };
    if (showLobby) loadLobby({ view, session, name: () => name, join, signal });
    else join();
  }
  return {
    session,
    renew(next) {
      try {
        const isSame = callChannel.renew(next, session.store.get());
        if (isSame && next.signaling === 'broadcast' && next.userName !== name) {
          name = next.userName;
          view.requestUpdate();
        }
        return isSame;
      } catch (error) {
        dispatchEvent(callEvent('onError', asCallError(error)));
        return true;
      }
    },
    join: () => void session.join(),
    updateSettings(next) {
      view.settings = next;
      session.updateSettings(next);
    },
    updateWords: (strings) => words.replace(strings),
    runCommand(command) {
      // In the same turn: sharing a screen must begin within the press.
      commandRows[command]?.(host, session.store.get());
    },
    close() {
      session.endSession();
      stop();
      stopSlots();
      view.remove();
    },
  };
}

/** The developer of the page can wait: what a call needs is downloaded first. */
function adviseLater(
  host: CallOptions['host'],
  signal: AbortSignal,
  missing: (error: unknown) => void,
): void {
  const advise = async (): Promise<void> => {
    const { needsAdvice } = await loadChunk('advice-check', () => import('../host/advice-check.js'));
    if (signal.aborted || !needsAdvice(host)) return;
    const { adviseHost } = await loadChunk('host-advice', () => import('../host/host-advice.js'));
    if (!signal.aborted) adviseHost(host, { signal });
  };
  const timer = setTimeout(() => void advise().catch(missing), 3000);
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}

/** The chosen speaker's device id; empty: the system's choice. */
function activeSpeaker(state: CallState): string {
  const id = state.local.devices.audioOutputDevices.find(({ active }) => active)?.deviceId;
  return id === undefined || id === 'default' ? '' : id;
}
