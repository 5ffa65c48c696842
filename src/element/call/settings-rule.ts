import { loadChunk } from '../../base/load-chunk.js';
import { jwtPayload } from '../../protocol/tokens/jwt-payload.js';
import type { CallSettings } from '../../settings/setting-rows.js';
import type { CallConnection } from '../host/call-connection.js';

/**
 * What becomes of the settings in this call: nothing, except for a viewer, by setting or by the role in the token. Rejects
 * with CHUNK_LOAD_FAILED rather than let a viewer send.
 */
export async function settingsRule(
  connection: CallConnection,
  { presentation }: CallSettings,
): Promise<(settings: CallSettings) => CallSettings> {
  if (presentation !== 'viewer' && roleIn(connection) !== 'viewer') return (settings) => settings;
  return (await loadChunk('presentation', () => import('../../settings/presentation.js'))).viewerSettings;
}

/** The server decides by it, too. */
function roleIn(connection: CallConnection): unknown {
  if (connection.signaling === 'broadcast') return undefined;
  const claims = jwtPayload(connection.token) as { data?: { user?: { role?: unknown } } } | undefined;
  return claims?.data?.user?.role;
}
