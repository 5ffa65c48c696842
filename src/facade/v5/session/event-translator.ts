import type { Emitter } from '../../../base/emitter.js';
import type { CallEvent } from '../../../domain/call/call-events.js';
import { noDevices, type DeviceLists } from '../../../domain/media/devices.js';
import { eventRows } from './event-rows.js';
import type { SessionEventName, SessionEvents } from './session-events.js';

type Payload = (detail: unknown, before: DeviceLists) => readonly [never] | null;

/** Tells the listeners of v5 what happens in the call, in their words. */
export class EventTranslator {
  #devices: DeviceLists = noDevices;

  constructor(private readonly listeners: Emitter<SessionEvents>) {}

  notify({ name, detail }: CallEvent): void {
    const before = this.#devices;
    if (name === 'onSessionJoined') this.#devices = noDevices;
    if (name === 'onMediaDeviceListUpdated') this.#devices = detail;
    for (const [eventName, { source, payload }] of Object.entries(eventRows)) {
      const payloadResult = source === name ? (payload as Payload)(detail, before) : null;
      if (payloadResult) this.listeners.emit(eventName as SessionEventName, payloadResult[0]);
    }
  }
}
