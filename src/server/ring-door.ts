import { parseRingRequest } from '../protocol/parse-ring-message.js';
import type { RingRequestMessage } from '../protocol/ring-messages.js';
import { MemberSockets, type SocketOptions } from './member-socket.js';
import type { Metrics } from './metrics.js';
import { RingService, type RingServiceOptions } from './ring-service.js';

interface RingDoorOptions
  extends RingServiceOptions, Omit<SocketOptions<RingRequestMessage>, 'handlers' | 'config' | 'clock'> {
  readonly config: SocketOptions<RingRequestMessage>['config'];
  readonly metrics: Metrics;
}

/** The sockets of everybody who can be called, joined to what answers them. */
export function ringDoor(options: RingDoorOptions): MemberSockets<RingRequestMessage> {
  const { config, limits, clock, metrics } = options;
  const service = new RingService(options);
  return new MemberSockets({
    ...{ config, limits, clock },
    handlers: {
      parse: parseRingRequest,
      receive: (connection, message) => service.receive(connection, message),
      dropped: (connection) => service.dropped(connection),
      isSeated: (connection) => service.isSeated(connection),
      failed: ({ code }) => metrics.failure(code),
    },
  });
}
