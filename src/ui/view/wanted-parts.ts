import { loadChunk } from '../../base/load-chunk.js';
import type { ActiveCall } from '../../domain/call/call-state.js';
import type { LateParts } from './late-parts.js';
import { hasNotices, loadNotices } from '../notices/load-notices.js';

/** Loads the code of the list of participants, once. */
export function loadParticipantPanel(): Promise<unknown> {
  return loadChunk('participant-panel', () => import('../participants/participant-panel.js'));
}

/** Loads the parts of the interface that the call has use for now. `hideParticipants`: their list did not load. */
export function wantParts(call: ActiveCall, parts: LateParts, hideParticipants: () => void): void {
  if (call.participantListShown) parts.want('participant-panel', loadParticipantPanel, hideParticipants);
  if (hasNotices(call)) parts.want('notice-list', loadNotices);
  if (call.idleEndsAt !== null)
    parts.want('idle-warning', () => loadChunk('idle-warning', () => import('../notices/idle-warning.js')));
}
