import { SignJWT } from 'jose';

export interface LiveKitKey {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** Valid long enough to connect. LiveKit renews it for those who are connected; others ask for another one. */
const lifetime = '5m';

/** Who joins which room, and whether they may send. */
export interface LiveKitGrant {
  readonly room: string;
  readonly identity: string;
  readonly canPublish: boolean;
}

/**
 * Creates the token with which `identity` joins a LiveKit room, to receive and perhaps send media, and nothing else
 * (https://docs.livekit.io/home/get-started/authentication/).
 */
export async function createLiveKitToken(
  { apiKey, apiSecret }: LiveKitKey,
  { room, identity, canPublish }: LiveKitGrant,
): Promise<string> {
  const video = {
    ...{ room, roomJoin: true, canPublish, canSubscribe: true },
    ...{ canPublishData: false, canUpdateOwnMetadata: false },
  };
  return signed(new SignJWT({ video }).setSubject(identity), { apiKey, apiSecret });
}

/** Creates the token with which this server manages one LiveKit room. */
export async function createLiveKitAdminToken(key: LiveKitKey, room: string): Promise<string> {
  return signed(new SignJWT({ video: { room, roomAdmin: true } }), key);
}

function signed(token: SignJWT, { apiKey, apiSecret }: LiveKitKey): Promise<string> {
  return (
    token
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer(apiKey)
      // The clock of the LiveKit server may be behind.
      .setNotBefore('-30s')
      .setExpirationTime(lifetime)
      .sign(new TextEncoder().encode(apiSecret))
  );
}
