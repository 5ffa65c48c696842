import { parseRingRequest } from '../../protocol/parse-ring-message.js';
import type { RingRequestMessage } from '../../protocol/ring-messages.js';
import { WebSocketEndpoint, type SocketOptions } from '../connections/websocket-endpoint.js';
import type { Metrics } from '../monitoring/metrics.js';
import { RingService, type RingServiceOptions } from './ring-service.js';

interface RingEndpointOptions
  extends RingServiceOptions, Omit<SocketOptions<RingRequestMessage>, 'handlers' | 'config' | 'clock'> {
  readonly config: SocketOptions<RingRequestMessage>['config'];
  readonly metrics: Metrics;
}

/** The WebSocket endpoint `/ring`, answered by `RingService`. */
export function createRingEndpoint(options: RingEndpointOptions): WebSocketEndpoint<RingRequestMessage> {
  const { config, limits, clock, metrics, newConnectionId } = options;
  const service = new RingService(options);
  return new WebSocketEndpoint({
    ...{ config, limits, clock, newConnectionId },
    handlers: {
      parse: parseRingRequest,
      receive: (connection, message) => service.receive(connection, message),
      disconnected: (connection, pageClosed) => service.disconnected(connection, pageClosed),
      isJoined: (connection) => service.isJoined(connection),
      onError: ({ code }) => metrics.failure(code),
    },
  });
}
