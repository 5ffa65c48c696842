import { createHmac } from 'node:crypto';

/** The way through firewalls and NATs that the operator has configured. */
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
 * STUN and TURN servers for one participant; none that were not configured. TURN credentials are those of coturn's
 * `use-auth-secret`: they name the user, expire, and need no account.
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
