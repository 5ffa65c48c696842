import { loadChunk } from '../../base/load-chunk.js';
import { asCallError } from '../../domain/call-error.js';
import { callEvent, type CallEvent } from '../../domain/call/call-events.js';
import { isActive, type CallState } from '../../domain/call/call-state.js';
import { browserPorts } from '../../session/browser-ports.js';
import { CallSession } from '../../session/call-session.js';
import type { EarlyCapture } from '../../media/capture/early-capture.js';
import { openUserMedia } from '../../media/capture/user-media.js';
import type { SessionPorts } from '../../session/session-ports.js';
import { settingsRule } from './settings-rule.js';
import type { CallSettings } from '../../settings/setting-rows.js';
import '../../ui/view/call-view.js';
import { announceLoadFailure } from '../../ui/base/load-failure.js';
import type { CallView } from '../../ui/view/call-view.js';
import { exportedParts } from '../../ui/view/call-parts.js';
import type { CallConnection } from '../host/call-connection.js';
import { openCallChannel } from './connection/call-channel.js';
import { runCommand } from '../commands/command-rows.js';
import type { CommandTarget } from '../../domain/call/call-commands.js';
import { createCallLanguage } from '../i18n/call-language.js';
import { adviseDeveloper } from './loading/advice-schedule.js';
import type { JoinedCall } from './connection/joined-call.js';
import { keepKeys } from '../commands/early-keys.js';
import type { LocalizedStrings } from '../i18n/localized-strings.js';
import { startPostJoinExtras } from './loading/post-join-extras.js';
import { preloadOnGesture } from './loading/preload-on-gesture.js';
import { deferChannel } from './connection/deferred-channel.js';
import { reportLoadFailures } from './loading/load-failures.js';
import { loadLobby } from './loading/lobby-loader.js';
import { drawStates, localeLoaded, untilJoined } from './loading/view-schedule.js';
import { createPictureInPicture } from '../pip/picture-in-picture.js';
import { createRecording } from '../recording/recording-loader.js';
import type { SettingProperties } from '../host/setting-properties.js';
import { forwardSlots } from '../host/slot-forwarding.js';

export { tokens } from '../../ui/base/styles/tokens.styles.js';

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
  /** Devices that were requested before this code was there. */
  readonly early: EarlyCapture | undefined;
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

/** Joins a call and shows it: everything that a page needs only once it is in a call. */
export async function openCall(given: CallOptions): Promise<OpenCall> {
  const rule = await settingsRule(given.connection, given.settings);
  const options = optionsFor(given, rule(given.settings));
  const { host, stage, connection, dispatchEvent, onState, onNamed, signal } = options;
  const callChannel = await openCallChannel(connection);
  let name = connection.signaling === 'broadcast' ? connection.userName : undefined;
  const { session, view } = createCall(options, (channel) => callChannel.open(channel, name));
  const stopSlots = forwardSlots(host, view);
  const words = createCallLanguage(host, view, options.localizedStrings);
  const startExtras = createExtras({ host, view, session, signal });
  drawStates(session, view, signal);
  const stop = session.store.subscribe((state) => {
    onState(state);
    if (isActive(state)) startExtras();
  });
  adviseDeveloper({ host, view, session, signal });
  session.store.events.on('event', dispatchEvent, { signal });
  if (!signal.aborted) {
    const attach = () => signal.aborted || stage.replaceChildren(view);
    void Promise.all([localeLoaded(words), options.lobby || untilJoined(session)]).then(attach);
    const join = (chosenName?: string): void => {
      if (chosenName !== undefined) onNamed((name = chosenName));
      void session.join();
    };
    if (options.lobby) loadLobby({ view, session, name: () => name, join, signal });
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
    updateSettings(changed) {
      session.updateSettings((view.settings = rule(changed)));
    },
    updateWords: (strings) => words.replace(strings),
    runCommand: (command) => runCommand(command, host, session.store.get()),
    close() {
      session.commands.endSession();
      stop();
      stopSlots();
      view.remove();
    },
  };
}

/** A viewer has nothing to prepare in a lobby. */
function optionsFor(given: CallOptions, settings: CallSettings): CallOptions {
  return { ...given, settings, lobby: given.lobby && settings.presentation !== 'viewer' };
}

/** Creates the session and its interface, connected to each other. */
function createCall(
  { host, settings, dispatchEvent, lobby, onRejoin, early, signal }: CallOptions,
  openChannel: SessionPorts['openChannel'],
): Pick<JoinedCall, 'view'> & Pick<OpenCall, 'session'> {
  const onLoadFailure = (error: unknown): void => announceLoadFailure(view, error);
  const session: CallSession = new CallSession(settings, {
    ...browserPorts,
    openUserMedia: (request, given) => openUserMedia(request, { ...given, early }),
    openChannel: lobby ? deferChannel(openChannel) : openChannel,
    pictureInPicture: createPictureInPicture(() => ({ host, view, session }), signal),
    recording: createRecording(() => ({ session, view, dispatchEvent })),
    loadProcessing: async (...context) =>
      (await loadChunk('processing', () => import('./processing.js'))).openProcessing(
        { host, view, session },
        ...context,
      ),
    openEncryption: async (...context) =>
      (await loadChunk('encryption', () => import('./encryption.js'))).openEncryption(
        { view, session },
        ...context,
      ),
    showBackgrounds(shown) {
      loadChunk('backgrounds', () => import('./backgrounds.js')).then(
        ({ showBackgrounds }) => showBackgrounds(shown, { host, view, signal }),
        onLoadFailure,
      );
    },
  });
  const view: CallView = Object.assign(document.createElement('cometchat-call-view'), {
    state: session.store.get(),
    settings,
    commands: session.commands,
    media: {
      streamOf: session.media.streamOf,
      onLevels: session.media.onLevels,
      get sinkId() {
        return activeSpeaker(session.store.get());
      },
    },
  });
  view.setAttribute('exportparts', exportedParts);
  view.addEventListener('rejoin', onRejoin, { signal });
  reportLoadFailures({ view, session, signal });
  preloadOnGesture(host, { signal });
  return { session, view };
}

/** Returns a function that starts what a call has beside its media and its interface, when it is first called. */
function createExtras(call: JoinedCall): () => void {
  let isStarted = false;
  return () => {
    if (isStarted) return;
    isStarted = true;
    const takeKeys = keepKeys(call.host, { signal: call.signal });
    call.session.media.afterDescriptions(() => startPostJoinExtras(call, takeKeys));
  };
}

/** The chosen speaker's device id; empty: the system's choice. */
function activeSpeaker(state: CallState): string {
  const id = state.local.devices.audioOutputDevices.find(({ active }) => active)?.deviceId;
  return id === undefined || id === 'default' ? '' : id;
}
