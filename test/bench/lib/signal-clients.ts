// A client of each server: opens a connection, sends a signal to another client, counts what arrives.
import { WebSocket } from 'ws';
import { createCallToken } from '../../../src/server/auth/call-tokens.js';
import { protocolVersion } from '../../../src/protocol/messages.js';
import { initialParticipantState } from '../../../src/domain/call/participant.js';
import { secret } from './options.js';

export interface SignalClient {
  /** What others address this one by. */
  readonly id: string;
  readonly socket: WebSocket;
  /** Sends a signal of about 0.6 kB that carries `at`. */
  send(to: string, at: number): void;
  /** Called with `at` of each signal that arrives. */
  onSignal(handle: (at: number) => void): void;
}

export type Connect = (port: number, name: string) => Promise<SignalClient>;

const sdp = `v=0\r\n${'a=rtpmap:96 VP8/90000\r\n'.repeat(24)}`;

function opened(socket: WebSocket): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

const open = (url: string): Promise<WebSocket> => opened(new WebSocket(url, { perMessageDeflate: false }));

/** Messages as bare JSON, with the addressee in `dst`: PeerJS's format, and that of the bare relay. */
const jsonClient = (id: string, socket: WebSocket): SignalClient => ({
  id,
  socket,
  send: (dst, at) => socket.send(JSON.stringify({ type: 'OFFER', dst, payload: { sdp, at } })),
  onSignal: (handle) =>
    socket.on('message', (data: Buffer) =>
      handle((JSON.parse(data.toString()) as { payload: { at: number } }).payload.at),
    ),
});

export const relayClient: Connect = async (port, name) =>
  jsonClient(name, await open(`ws://127.0.0.1:${port}/?id=${name}`));

export const peerClient: Connect = async (port, name) => {
  const query = `key=peerjs&id=${name}&token=${name}&version=1.5.5`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/peerjs?${query}`, { perMessageDeflate: false });
  const ready = new Promise((resolve) => socket.once('message', resolve));
  await opened(socket);
  await ready;
  return jsonClient(name, socket);
};

/** Engine.io's framing by hand, so that the client's own cost is that of the other clients. */
export const socketIoClient: Connect = async (port, name) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket&id=${name}`, {
    perMessageDeflate: false,
  });
  const ready = new Promise<void>((resolve) => {
    const greet = (data: Buffer): void => {
      const text = data.toString();
      if (text.startsWith('0')) socket.send('40');
      if (!text.startsWith('40')) return;
      socket.off('message', greet);
      resolve();
    };
    socket.on('message', greet);
  });
  await opened(socket);
  await ready;
  socket.on('message', (data: Buffer) => data.toString() === '2' && socket.send('3'));
  return {
    id: name,
    socket,
    send: (dst, at) => socket.send(`42${JSON.stringify(['signal', { dst, payload: { sdp, at } }])}`),
    onSignal: (handle) =>
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        if (!text.startsWith('42')) return;
        handle((JSON.parse(text.slice(2)) as [string, { payload: { at: number } }])[1].payload.at);
      }),
  };
};

/** Two by two in a call of their own; a client is addressed by the id that the server gave it. */
export const callClient: Connect = async (port, name) => {
  const pair = Math.floor(Number(name.replace(/\D/g, '')) / 2);
  const token = await tokenOf(name, `pair-${pair}`);
  const socket = await open(`ws://127.0.0.1:${port}/signal`);
  const joined = new Promise<string>((resolve, reject) => {
    const read = (data: Buffer): void => {
      const { type, id, answer, error } = JSON.parse(data.toString()) as {
        type: string;
        id: number;
        answer?: { self: { id: string } };
        error?: { code: string };
      };
      if (type !== 'ack' || id !== 1) return;
      socket.off('message', read);
      if (answer) resolve(answer.self.id);
      else reject(new Error(error?.code));
    };
    socket.on('message', read);
  });
  socket.send(
    JSON.stringify({ type: 'join', id: 1, protocol: protocolVersion, token, state: initialParticipantState }),
  );
  const id = await joined;
  let next = 2;
  return {
    id,
    socket,
    // The moment travels in the description, the only free text of a signal.
    send: (to, at) =>
      socket.send(
        JSON.stringify({
          id: next++,
          ack: 'on-failure',
          type: 'signal',
          to,
          epoch: 1,
          data: { type: 'offer', sdp: `${sdp}at=${at}` },
        }),
      ),
    onSignal: (handle) =>
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        if (!text.includes('"signal"')) return;
        const { data: signal } = JSON.parse(text) as { data?: { sdp?: string } };
        handle(Number(signal?.sdp?.slice(signal.sdp.lastIndexOf('at=') + 3)));
      }),
  };
};

/** Seconds: a soak lasts longer than a token does by default. */
const expiresIn = 7 * 86_400;

const tokens = new Map<string, Promise<string>>();

/** Signed before the clock runs: a client gets its token from its backend, not from this server's time. */
export function tokenOf(uid: string, sessionId: string): Promise<string> {
  const key = `${sessionId} ${uid}`;
  const made =
    tokens.get(key) ?? createCallToken({ ...{ secret, sessionId, expiresIn }, user: { uid, name: uid } });
  tokens.set(key, made);
  return made;
}
