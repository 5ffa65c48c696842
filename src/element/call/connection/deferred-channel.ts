import { Emitter } from '../../../base/emitter.js';
import type { SessionPorts } from '../../../session/session-ports.js';
import type { SignalingChannel, SignalingEvents } from '../../../signaling/signaling-channel.js';

/** A channel that opens at the join, so that users in the lobby are not visible and do not load the server. */
export function deferChannel(open: SessionPorts['openChannel']): SessionPorts['openChannel'] {
  return (options) => {
    const events: SignalingChannel['events'] = new Emitter();
    let channel: SignalingChannel | undefined;
    const opened = (): SignalingChannel => {
      if (channel) return channel;
      const made = (channel = open(options));
      const forward = <Name extends keyof SignalingEvents>(name: Name): void =>
        made.events.on(name, (detail) => events.emit(name, detail), { signal: options.signal });
      for (const name of ['message', 'lost', 'resumed', 'closed'] as const) forward(name);
      return made;
    };
    return {
      events,
      join: () => opened().join(),
      request: (request) => opened().request(request),
      verify: () => channel?.verify(),
      leave: () => channel?.leave(),
    };
  };
}
