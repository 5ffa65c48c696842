import assert from 'node:assert/strict';
import { afterEach, before } from 'node:test';
import { CallWorld } from '../world/call-world.js';
import { V5Page } from '../world/v5-page.js';

export const authKey = 'an API key for tests, of enough bytes';

export const world = new CallWorld({ apiKey: authKey });

before(() => world.start());

afterEach(() => world.clear());

const initialise = `const result = await CometChatCalls.init({ appId: 'app', region: 'US', authKey: '${authKey}' });`;

/** A page whose user is signed in. */
export async function signedIn(uid: string): Promise<V5Page> {
  const page = await V5Page.open(world, uid);
  await page.run(`${initialise} await CometChatCalls.login('${uid}');`);
  return page;
}

export async function join(page: V5Page, sessionId: string, settings: object = {}): Promise<void> {
  const error = await page.run(`
    const { token } = await CometChatCalls.generateToken('${sessionId}');
    const { error } = await CometChatCalls.joinSession(token, ${JSON.stringify(settings)}, container);
    return error && error.errorCode;`);
  assert.equal(error, null);
}
