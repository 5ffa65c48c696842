import { createHmac } from 'node:crypto';

/** The STUN and TURN servers that the operator has configured. */
export interface IceSettings {
  readonly stunUrls: readonly string[];
  readonly turnUrls: readonly string[];
  /** The `static-auth-secret` of coturn. */
  readonly turnSecret?: string | undefined;
  /** Seconds a TURN credential is valid. */
  readonly turnTtl: number;
}

/** An entry of RTCConfiguration's `iceServers`. */
export interface IceServer {
  readonly urls: string[];
  readonly username?: string;
  readonly credential?: string;
}

/**
 * The configured STUN and TURN servers for one participant. TURN credentials are those of coturn's `use-auth-secret`:
 * derived from the expiry time and the uid, so they need no account.
 */
export function iceServersFor(uid: string, settings: IceSettings, now: number): IceServer[] {
  const servers: IceServer[] = [];
  if (settings.stunUrls.length > 0) servers.push({ urls: [...settings.stunUrls] });
  if (settings.turnUrls.length > 0 && settings.turnSecret !== undefined) {
    const username = `${Math.floor(now / 1000) + settings.turnTtl}:${uid}`;
    const credential = createHmac('sha1', settings.turnSecret).update(username).digest('base64');
    servers.push({ urls: [...settings.turnUrls], username, credential });
  }
  return servers;
}

/** Whether TURN credentials of that age (ms) should be replaced: connections are made with them at any time in the call. */
export function areCredentialsOld({ turnUrls, turnTtl }: IceSettings, ms: number): boolean {
  return turnUrls.length > 0 && ms >= turnTtl * 500;
}
