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
  /** The server that gave the place. */
  serverId: v.string(),
  /** ms since 1970: its owner was in the call at that time. */
  seenAt: v.number(),
});

/** Whose place in which call a resume secret gives back. */
export type ResumeClaims = v.InferOutput<typeof resumeClaims>;

/**
 * What brings a participant back to the same place. It carries all that is needed, so that a server that was
 * restarted, or another node, can honour it. It is no right of its own: see admission.ts.
 */
export async function createResumeSecret(secret: string, claims: ResumeClaims): Promise<string> {
  return signToken({ data: claims }, { secret, audience });
}

/** Rejects with RESUME_REFUSED for anything this server, or one with its secret, has not made for this user and call. */
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
