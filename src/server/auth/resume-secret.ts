import * as v from 'valibot';
import { CallError } from '../../domain/call-error.js';
import { signToken, verifyToken } from './call-tokens.js';

const audience = 'cometchat-resume';

const resumeClaims = v.object({
  sessionId: v.string(),
  uid: v.string(),
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  order: v.pipe(v.number(), v.integer(), v.minValue(0)),
  joinedAt: v.number(),
  /** The call, for the call history: after a restart it goes on under its id. */
  call: v.optional(v.object({ callId: v.string(), startedAt: v.number() })),
  /** The server that created it. */
  serverId: v.string(),
  /** When the participant was last known to be in the call (ms since 1970). */
  seenAt: v.number(),
});

/** The identity that a resume secret proves. */
export type ResumeClaims = v.InferOutput<typeof resumeClaims>;

/**
 * Creates the secret with which a participant resumes. It is self-contained, so that a restarted server or another
 * node can honour it. It grants no access by itself: see authorize-join.ts.
 */
export async function createResumeSecret(secret: string, claims: ResumeClaims): Promise<string> {
  return signToken({ data: claims }, { secret, audience });
}

/**
 * Verifies a resume secret. Rejects with RESUME_REFUSED if it was not signed with this secret for this user and
 * session.
 */
export async function verifyResumeSecret(
  resume: string,
  secret: string,
  expected: Pick<ResumeClaims, 'sessionId' | 'uid'>,
): Promise<ResumeClaims> {
  const data = await read(resume, secret);
  if (data.sessionId !== expected.sessionId || data.uid !== expected.uid)
    throw new CallError('RESUME_REFUSED');
  return data;
}

async function read(resume: string, secret: string): Promise<ResumeClaims> {
  try {
    return v.parse(resumeClaims, (await verifyToken(resume, secret, audience)).data);
  } catch (cause) {
    throw new CallError('RESUME_REFUSED', { cause });
  }
}
