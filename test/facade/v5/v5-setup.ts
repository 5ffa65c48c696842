import { CometChatCall } from '../../../src/element/cometchat-call.js';
import { CometChatCalls } from '../../../src/facade/comet-chat-calls.js';
import { unreachableCallToken } from '../../fakes/facade/unreachable-call-token.js';

if (!customElements.get('cometchat-call')) customElements.define('cometchat-call', CometChatCall);

/** What the server was asked, and what it answers. */
export const asked: { readonly path: string; readonly headers: Headers; readonly body: unknown }[] = [];

let answer: (path: string) => object = () => ({});

/** Sets what the server answers from now on. */
export function answerWith(next: (path: string) => object): void {
  answer = next;
}

const realFetch = globalThis.fetch;

export const app = { appId: 'app', region: 'us', host: 'https://calls.example', authKey: 'key' };

export const ada = { uid: 'ada', name: 'Ada', avatar: '', authToken: 'token-of-ada' };

export const callToken = unreachableCallToken();

before(() => {
  globalThis.fetch = async (url: unknown, { headers, body }: RequestInit = {}) => {
    const path = url as string;
    asked.push({ path, headers: new Headers(headers), body: body ? JSON.parse(body as string) : null });
    return new Response(JSON.stringify(answer(path)));
  };
});

after(() => (globalThis.fetch = realFetch));

beforeEach(async () => {
  asked.length = 0;
  answer = (path) => ({ data: path.endsWith('call_tokens') ? { token: callToken } : ada });
  await CometChatCalls.init(app);
});

afterEach(async () => {
  await CometChatCalls.leaveSession();
  if (CometChatCalls.isUserLoggedIn()) await CometChatCalls.logout();
  localStorage.clear();
  for (const element of document.body.querySelectorAll('div')) element.remove();
});
