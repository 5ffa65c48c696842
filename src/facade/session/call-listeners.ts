import { runSafely } from '../../base/emitter.js';
import type { CallEvent, CallEventListener, CallEventName } from '../../domain/call/call-events.js';
import type { SessionUser } from '../../domain/call/participant.js';

/** Methods that the iOS SDK calls by other names on its delegate. */
export interface CallsEventsDelegate extends CallEventListener {
  /** Like `onUserListUpdated`. */
  onUserListChanged?: (users: readonly SessionUser[]) => void;
  /** `onRecordingStarted` and `onRecordingStopped` in one. */
  onRecordingToggled?: (recording: {
    readonly recordingStarted: boolean;
    readonly user: SessionUser;
  }) => void;
}

/** The listeners that an application added by id. The same id again replaces the listener. */
export class CallListeners {
  readonly #added = new Map<string, CallEventListener>();

  /** Ignores a listener that is not an object. */
  add(id: string, listener: CallEventListener): void {
    if (typeof listener === 'object' && listener !== null) this.#added.set(id, listener);
    else this.#added.delete(id);
  }

  remove(id: string): void {
    this.#added.delete(id);
  }

  /** Whether any listener handles the event. */
  hasListener(name: CallEventName, settingsListener: CallEventListener | undefined): boolean {
    return this.#ordered(settingsListener).some((listener) => handlerOf(listener, name) !== undefined);
  }

  /** The added ones first, then the one that came with the call's settings. */
  notify({ name, detail }: CallEvent, settingsListener: CallEventListener | undefined): void {
    const isRecordingEvent = name === 'onRecordingStarted' || name === 'onRecordingStopped';
    for (const listener of this.#ordered(settingsListener)) {
      invoke(listener, name, detail);
      // The iOS SDK's names of the same.
      if (name === 'onUserListUpdated') invoke(listener, 'onUserListChanged', detail);
      if (isRecordingEvent)
        invoke(listener, 'onRecordingToggled', {
          ...detail,
          recordingStarted: name === 'onRecordingStarted',
        });
    }
  }

  #ordered(settingsListener: CallEventListener | undefined): readonly CallEventListener[] {
    return [...this.#added.values(), ...(settingsListener ? [settingsListener] : [])];
  }
}

type Handler = (detail: unknown) => void;

function handlerOf(listener: CallsEventsDelegate, name: keyof CallsEventsDelegate): Handler | undefined {
  const handle = listener[name];
  return typeof handle === 'function' ? (handle as Handler) : undefined;
}

function invoke(listener: CallsEventsDelegate, name: keyof CallsEventsDelegate, detail: unknown): void {
  const handle = handlerOf(listener, name);
  if (handle) runSafely(() => handle.call(listener, detail));
}
