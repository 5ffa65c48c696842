import { jwtPayload } from '../protocol/jwt-payload.js';
import { browserEnvironment } from '../session/page-environment.js';
import { Phone } from '../session/phone.js';
import { handOverCalls, type HandoverOptions } from './ring-handover.js';

/** Who uses a phone, and what it asks of them. */
export type PhoneUser = Pick<HandoverOptions, 'target' | 'announce' | 'failed'>;

interface Shared {
  readonly phone: Phone;
  readonly users: Set<PhoneUser>;
  readonly life: AbortController;
}

/** Elements of one page whose tokens are of the same user are one phone: with one connection, and one call at a time. */
const phones = new WeakMap<Document, Map<string, Shared>>();

/** The phone of this token's user, until `signal` is aborted; it is hung up when nobody uses it any more. */
export function sharedPhone(
  page: Document,
  { url, authToken }: { readonly url: string; readonly authToken: string },
  user: PhoneUser,
  signal: AbortSignal,
): Phone {
  const here = phones.get(page) ?? new Map<string, Shared>();
  phones.set(page, here);
  const key = `${url} ${uidOf(authToken)}`;
  const found = here.get(key);
  const shared = found && !found.phone.isOver ? found : open(url, authToken);
  shared.phone.renew(authToken);
  here.set(key, shared);
  shared.users.add(user);
  signal.addEventListener(
    'abort',
    () => {
      shared.users.delete(user);
      if (shared.users.size > 0) return;
      if (here.get(key) === shared) here.delete(key);
      // With its phone a call is over, too: the other side is told, and the user can be called again.
      shared.phone.signOut();
      // What was asked last, such as to end a call, is still to reach the server.
      void shared.phone.finished().then(() => shared.life.abort());
    },
    { once: true },
  );
  return shared.phone;
}

/** Whom an auth token is for, as it says itself; what is none is like no other. */
export function uidOf(authToken: string): string {
  const payload = jwtPayload(authToken) as { data?: { user?: { uid?: string | number } } } | undefined;
  return String(payload?.data?.user?.uid ?? authToken);
}

function open(url: string, authToken: string): Shared {
  const users = new Set<PhoneUser>();
  const life = new AbortController();
  const { signal } = life;
  const phone = new Phone({ url, authToken, environment: browserEnvironment(), signal });
  const first = (): PhoneUser | undefined => [...users][0];
  handOverCalls({
    phone,
    signal,
    target: () => first()?.target() ?? null,
    announce: (call, token) => first()?.announce(call, token) ?? false,
    failed: (error) => first()?.failed(error),
  });
  phone.events.on('failed', (error) => first()?.failed(error), { signal });
  return { phone, users, life };
}
