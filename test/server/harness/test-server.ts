import { after } from 'node:test';
import {
  createCallServer,
  type CallServer,
  type CallServerOptions,
} from '../../../src/server/call-server.js';
import { createCallToken } from '../../../src/server/auth/call-tokens.js';
import { CallClient } from './call-client.js';

export const testSecret = 'a secret for tests, of enough bytes';

/** A call server on a free port, with what tests do to it. */
export interface TestServer {
  readonly server: CallServer;
  readonly url: string;
  connect(): Promise<CallClient>;
  token(uid: string, sessionId?: string, role?: string): Promise<string>;
  /** A connected client whose user has joined. */
  member(uid: string, sessionId?: string): Promise<Awaited<ReturnType<typeof joined>>>;
  stop(): Promise<void>;
}

const running = new Set<TestServer>();
after(() => Promise.all([...running].map((server) => server.stop())));

/** Starts a server that is stopped when the file's tests have ended. */
export async function startServer(options: Partial<CallServerOptions> = {}): Promise<TestServer> {
  const server = createCallServer({
    secret: testSecret,
    port: 0,
    host: '127.0.0.1',
    logLevel: 'silent',
    ...options,
  });
  const url = await server.listen();
  const test: TestServer = {
    server,
    url,
    connect: () => CallClient.connect(url),
    token: (uid, sessionId = 'room', role) => tokenFor(uid, sessionId, role),
    member: async (uid, sessionId = 'room') =>
      joined(await CallClient.connect(url), await tokenFor(uid, sessionId)),
    stop: async () => {
      if (running.delete(test)) await server.close();
    },
  };
  running.add(test);
  return test;
}

async function joined(client: CallClient, token: string) {
  const answer = await client.join(token);
  return { client, token, answer, id: answer.self.id };
}

function tokenFor(uid: string, sessionId: string, role?: string): Promise<string> {
  return createCallToken({ secret: testSecret, sessionId, user: { uid, name: `Name of ${uid}`, role } });
}
