import { WebSocketServer, type WebSocket } from 'ws';

interface NostrEvent {
  readonly kind: number;
  readonly tags: readonly (readonly string[])[];
}

interface NostrFilter {
  readonly kinds?: readonly number[];
  readonly [tag: `#${string}`]: readonly string[] | undefined;
}

/** As much of a Nostr relay (NIP-01) as trystero's default strategy needs to signal: subscriptions, and events sent on to them. */
export function nostrRelay(): WebSocketServer {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  const subscriptions = new Map<WebSocket, Map<string, readonly NostrFilter[]>>();
  server.on('connection', (socket) => {
    const mine = new Map<string, readonly NostrFilter[]>();
    subscriptions.set(socket, mine);
    socket.on('close', () => subscriptions.delete(socket));
    socket.on('message', (data: Buffer) => {
      const [type, first, ...rest] = JSON.parse(data.toString()) as [string, never, ...never[]];
      if (type === 'REQ') {
        mine.set(first, rest);
        socket.send(JSON.stringify(['EOSE', first]));
      } else if (type === 'CLOSE') mine.delete(first);
      else if (type === 'EVENT') {
        const event = first as NostrEvent & { id: string };
        socket.send(JSON.stringify(['OK', event.id, true, '']));
        for (const [other, all] of subscriptions)
          for (const [id, filters] of all)
            if (filters.some((filter) => matches(event, filter)))
              other.send(JSON.stringify(['EVENT', id, event]));
      }
    });
  });
  return server;
}

function matches(event: NostrEvent, filter: NostrFilter): boolean {
  if (filter.kinds && !filter.kinds.includes(event.kind)) return false;
  return Object.entries(filter).every(
    ([key, wanted]) =>
      !key.startsWith('#') ||
      event.tags.some(
        ([name, value = '']) => `#${name}` === key && (wanted as readonly string[]).includes(value),
      ),
  );
}
