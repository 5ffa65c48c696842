import assert from 'node:assert/strict';
import { afterEach, beforeEach } from 'node:test';
import { WebSocket } from 'ws';
import { CallError } from '../../../../src/domain/call-error.js';
import { initialParticipantState, type ParticipantState } from '../../../../src/domain/call/participant.js';
import {
  channelTimeouts,
  type ChannelTimeouts,
} from '../../../../src/signaling/websocket/channel-timeouts.js';
import type { SocketClass } from '../../../../src/signaling/websocket/socket-class.js';
import type { SignalingChannel, SignalingEvents } from '../../../../src/signaling/signaling-channel.js';
import { createWebSocketChannel } from '../../../../src/signaling/websocket/web-socket-channel.js';
import { ScriptedSignalingServer } from '../../../fakes/signaling/scripted-signaling-server.js';

export const quick: ChannelTimeouts = { ...channelTimeouts, retry: { from: 5, to: 20 } };

export const toBob = { type: 'signal', to: 'bob-1', epoch: 0, data: { type: 'rebuild' } } as const;

export const raiseHand = { type: 'update', changes: { handRaisedAt: 7 } } as const;

export let server: ScriptedSignalingServer;

export let lifetime: AbortController;

let state: ParticipantState;

/** Changes the state of the local participant; returns the new one. */
export function changeState(changes: Partial<ParticipantState> = {}): ParticipantState {
  return (state = { ...state, ...changes });
}

beforeEach(async () => {
  server = await new ScriptedSignalingServer().start();
  lifetime = new AbortController();
  state = initialParticipantState;
});

afterEach(async () => {
  lifetime.abort();
  await server.stop();
});

export function open({
  signal = lifetime.signal,
  url = server.url,
  failure,
  token = 'token',
  joinsAtOnce = false,
  Socket = WebSocket,
  ...timeouts
}: Partial<ChannelTimeouts> & {
  signal?: AbortSignal;
  url?: string;
  failure?: CallError;
  token?: string;
  joinsAtOnce?: boolean;
  Socket?: typeof WebSocket;
} = {}): SignalingChannel {
  return createWebSocketChannel({
    url,
    failure,
    token,
    joinsAtOnce,
    state: () => state,
    signal,
    WebSocket: Socket as unknown as SocketClass,
    timeouts: { ...quick, ...timeouts },
  });
}

export const happens = <Name extends keyof SignalingEvents>(
  channel: SignalingChannel,
  name: Name,
): Promise<SignalingEvents[Name]> =>
  new Promise((resolve) => channel.events.on(name, resolve, { signal: lifetime.signal }));

export const all = <Name extends keyof SignalingEvents>(
  channel: SignalingChannel,
  name: Name,
): SignalingEvents[Name][] => {
  const received: SignalingEvents[Name][] = [];
  channel.events.on(name, (detail) => received.push(detail), { signal: lifetime.signal });
  return received;
};

export const refusal = (promise: Promise<unknown>): Promise<CallError> =>
  promise.then(
    () => assert.fail('was not rejected'),
    (error: unknown) => (error instanceof CallError ? error : assert.fail(String(error))),
  );

/** Joined, with the server's end of it. */
export async function joined(timeouts: Partial<ChannelTimeouts> = {}): Promise<SignalingChannel> {
  const channel = open(timeouts);
  await channel.join();
  return channel;
}
