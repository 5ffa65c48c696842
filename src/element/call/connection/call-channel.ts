import { loadChunk } from '../../../base/load-chunk.js';
import { asCallError, CallError } from '../../../domain/call-error.js';
import type { CallState } from '../../../domain/call/call-state.js';
import { bareToken } from '../../../protocol/tokens/jwt-payload.js';
import { tokenSubject } from '../../../protocol/tokens/token-subject.js';
import type { SignalingChannel, SignalingOptions } from '../../../signaling/signaling-channel.js';
import { signalingUrl } from '../../../signaling/websocket/signaling-url.js';
import { createWebSocketChannel } from '../../../signaling/websocket/web-socket-channel.js';
import type { CallConnection } from '../../host/call-connection.js';
import { tokenIssuer } from './token-issuer.js';

type ServerConnection = Extract<CallConnection, { signaling: 'server' }>;

/** How one call reaches its signaling channel. */
export interface CallChannel {
  /** `name`: the user's name, if no token contains it. */
  open(options: SignalingOptions, name?: string): SignalingChannel;
  /**
   * Takes over a connection that is the same call for the same user, and returns `true`: every later join and resume
   * uses it. `false`: it is another call, or this one failed and is to be tried again.
   * @throws CallError `TOKEN_MALFORMED` for a token that cannot be read; nothing has changed then.
   */
  renew(connection: CallConnection, state: CallState): boolean;
}

/** Loads the code that the connection needs. Rejects with `INVALID_ARGUMENT` for an invalid server URL. */
export async function openCallChannel(connection: CallConnection): Promise<CallChannel> {
  return connection.signaling === 'broadcast'
    ? broadcastCallChannel(connection)
    : serverCallChannel(connection);
}

async function broadcastCallChannel(
  connection: Extract<CallConnection, { signaling: 'broadcast' }>,
): Promise<CallChannel> {
  const { createBroadcastChannel, newTabUid } = await loadChunk(
    'broadcast-channel',
    () => import('../../../signaling/broadcast/broadcast-channel.js'),
  );
  const { sessionId } = connection;
  const uid = newTabUid();
  return {
    open: (options, name) =>
      createBroadcastChannel({ sessionId, user: { uid, name: name ?? '', avatar: '' }, ...options }),
    // A tab is the same user under any name; a new name is for the next join.
    renew: (next, state) =>
      next.signaling === 'broadcast' &&
      next.sessionId === sessionId &&
      next.encrypted === connection.encrypted &&
      !failed(state),
  };
}

async function serverCallChannel(connection: ServerConnection): Promise<CallChannel> {
  const { issuer, failure } = await tokenIssuer(connection.token);
  const url = serverOf(connection, issuer);
  // Throws for an invalid URL, before anything is opened.
  const socket = signalingUrl(url);
  let token = bareToken(connection.token);
  return {
    open: (options) =>
      createWebSocketChannel({
        url,
        get token() {
          return token;
        },
        failure,
        joinsAtOnce: true,
        ...options,
      }),
    renew(next, state) {
      if (next.signaling !== 'server' || next.encrypted !== connection.encrypted || failed(state))
        return false;
      const [current, fresh] = [tokenSubject(token), tokenSubject(next.token)];
      if (!fresh)
        throw new CallError('TOKEN_MALFORMED', {
          message: 'The new token is not a call token: the call goes on with the one it has.',
        });
      const isSame =
        fresh.sessionId === current?.sessionId &&
        fresh.uid === current.uid &&
        signalingUrl(serverOf(next, fresh.issuer)) === socket;
      if (isSame) token = bareToken(next.token);
      return isSame;
    },
  };
}

function serverOf({ serverUrl }: ServerConnection, issuer: string | undefined): string {
  return String(serverUrl ?? '').trim() || issuerUrl(issuer) || location.origin;
}

/** Some backends use an issuer that is not a URL: then the page's origin applies. */
function issuerUrl(issuer: string | undefined): string | undefined {
  if (!issuer) return undefined;
  try {
    signalingUrl(issuer);
    return issuer;
  } catch (error) {
    if (!issuer.includes('//')) return undefined;
    throw new CallError('TOKEN_ISSUER_INVALID', {
      message: `The token's claim iss is not the address of a call server. ${asCallError(error).message}`,
      details: { claim: 'iss', issuer: issuer.slice(0, 200) },
    });
  }
}

const failed = (state: CallState): boolean => state.phase === 'ended' && state.reason === 'failed';
