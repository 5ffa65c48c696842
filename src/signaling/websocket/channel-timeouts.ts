import type { RetryRange } from './back-off.js';

/** How long the channel waits for what, in ms. */
export interface ChannelTimeouts {
  /** The first join, with all its tries. */
  readonly join: number;
  /** A server that cannot be connected to at once, before the first join fails for that: it may be starting. */
  readonly unopened: number;
  /** One try to connect. */
  readonly connect: number;
  /** The answer to a request. */
  readonly answer: number;
  /** From one sign of life that is asked for to the next. */
  readonly heartbeat: number;
  /** The sign of life. */
  readonly pong: number;
  /** The sign of life after the network changed. */
  readonly urgentPong: number;
  readonly retry: RetryRange;
}

/** What suits real networks. */
export const channelTimeouts: ChannelTimeouts = {
  join: 15_000,
  unopened: 700,
  connect: 8_000,
  answer: 10_000,
  heartbeat: 10_000,
  pong: 5_000,
  urgentPong: 2_000,
  retry: { from: 300, to: 5_000 },
};
