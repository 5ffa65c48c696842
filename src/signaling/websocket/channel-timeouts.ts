import type { RetryRange } from './back-off.js';

/** Timeouts and intervals of a channel, in ms. */
export interface ChannelTimeouts {
  /** The first join, retries included. */
  readonly join: number;
  /** Before an unreachable server is diagnosed and the first join may fail: the server may be starting. */
  readonly unopened: number;
  /** One connection attempt. */
  readonly connect: number;
  /** The answer to a request. */
  readonly answer: number;
  /** Between two pings. */
  readonly heartbeat: number;
  /** The answer to a ping. */
  readonly pong: number;
  /** The answer to a ping when the network may have changed. */
  readonly urgentPong: number;
  readonly retry: RetryRange;
}

/** The defaults. Tests use shorter ones. */
export const channelTimeouts: ChannelTimeouts = {
  join: 15_000,
  unopened: 700,
  connect: 8_000,
  answer: 10_000,
  heartbeat: 10_000,
  pong: 5_000,
  urgentPong: 800,
  retry: { from: 300, to: 5_000 },
};
