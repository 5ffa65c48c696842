import { jwtPayload } from '../../protocol/tokens/jwt-payload.js';
import { browserEnvironment } from '../../session/ring/page-environment.js';
import { Phone } from '../../session/ring/phone.js';
import { followAnsweredCalls, replaced, type HandoverOptions } from './ring-handover.js';

/** Who uses a phone, and what it asks of them. */
export type PhoneUser = Pick<HandoverOptions, 'target' | 'dispatchHandover' | 'onError'>;

interface SharedPhone {
  readonly phone: Phone;
  readonly users: Set<PhoneUser>;
  readonly lifetime: AbortController;
}

/** Elements of one page whose tokens are of the same user are one phone: with one connection, and one call at a time. */
const phones = new WeakMap<Document, Map<string, SharedPhone>>();

/** The phone of this token's user, until `signal` is aborted; closed when its last user releases it. */
export function sharedPhone(
  page: Document,
  { url, authToken }: { readonly url: string; readonly authToken: string },
  user: PhoneUser,
  signal: AbortSignal,
): Phone {
  const phonesOfPage = phones.get(page) ?? new Map<string, SharedPhone>();
  phones.set(page, phonesOfPage);
  const key = `${url} ${uidOf(authToken)}`;
  const existing = phonesOfPage.get(key);
  const shared = existing && !existing.phone.isRevoked ? existing : open(url, authToken);
  shared.phone.renewToken(authToken);
  phonesOfPage.set(key, shared);
  shared.users.add(user);
  signal.addEventListener(
    'abort',
    () => {
      shared.users.delete(user);
      if (shared.users.size > 0) return;
      // A phone with a fresh token goes on with the call.
      if (phonesOfPage.get(key) !== shared) return shared.lifetime.abort(replaced);
      phonesOfPage.delete(key);
      // A call ends with its phone: notifies the other side, and the user can be called again.
      shared.phone.signOut();
      // What was asked last, such as to end a call, is still to reach the server.
      void shared.phone.settled().then(() => shared.lifetime.abort());
    },
    { once: true },
  );
  return shared.phone;
}

/** The user that an auth token names; an invalid token matches no other. */
export function uidOf(authToken: string): string {
  const payload = jwtPayload(authToken) as { data?: { user?: { uid?: string | number } } } | undefined;
  return String(payload?.data?.user?.uid ?? authToken);
}

function open(url: string, authToken: string): SharedPhone {
  const users = new Set<PhoneUser>();
  const lifetime = new AbortController();
  const { signal } = lifetime;
  const phone = new Phone({ url, authToken, environment: browserEnvironment(), signal });
  const first = (): PhoneUser | undefined => [...users][0];
  followAnsweredCalls({
    phone,
    signal,
    target: () => first()?.target() ?? null,
    dispatchHandover: (call, token) => first()?.dispatchHandover(call, token) ?? false,
    onError: (error) => first()?.onError(error),
  });
  phone.events.on('failed', (error) => first()?.onError(error), { signal });
  return { phone, users, lifetime };
}
