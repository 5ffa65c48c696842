import { expect } from '@open-wc/testing';
import { callEvent, type CallEvent } from '../../../src/domain/call/call-events.js';
import { sessionUser } from '../../../src/domain/call/participant.js';
import { CometChatCall } from '../../../src/element/cometchat-call.js';
import { CometChatCalls } from '../../../src/facade/comet-chat-calls.js';
import { participant } from '../../fakes/ui/participants.js';
import { unreachableCallToken } from '../../fakes/facade/unreachable-call-token.js';
import { calls5 } from '../../fakes/facade/v5-surface.js';
import { waitUntil } from '../../harness/wait-until.js';

if (!customElements.get('cometchat-call')) customElements.define('cometchat-call', CometChatCall);

interface Failure {
  readonly code: string;
  readonly errorCode: string;
  readonly errorDescription: string;
  readonly message: string;
}

/** What the server was asked, and what it answers. */
const asked: { readonly path: string; readonly headers: Headers; readonly body: unknown }[] = [];
let answer: (path: string) => object = () => ({});
const realFetch = globalThis.fetch;

const app = { appId: 'app', region: 'us', host: 'https://calls.example', authKey: 'key' };
const users = 'https://calls.example/v3/users';
const ada = { uid: 'ada', name: 'Ada', avatar: '', authToken: 'token-of-ada' };
const signedIn = { ...ada, status: 'online' };
const callToken = unreachableCallToken();
const bob = sessionUser(participant('b', { uid: 'bob', name: 'Bob' }));

const container = (): HTMLElement => {
  const element = document.createElement('div');
  document.body.append(element);
  return element;
};

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const failed = (await promise.then(
    () => expect.fail('It did not reject.'),
    (error: unknown) => error,
  )) as Failure;
  expect(failed).to.include({ errorCode: failed.code, errorDescription: failed.message });
  return failed;
}

/** As if it happened in the call. */
function happens(event: CallEvent): void {
  document.querySelector('cometchat-call')?.callEvents.emit('event', event);
}

/** Joins as `joinSession` does, in a call that is joined at once. */
async function joined(place = container(), settings = {}): Promise<HTMLElement> {
  const joining = CometChatCalls.joinSession(callToken, settings, place);
  await waitUntil(() => place.firstElementChild);
  happens(callEvent('onSessionJoined', { sessionId: 's' }));
  expect(await joining).to.deep.equal({ data: undefined, error: null });
  return place;
}

describe('CometChatCalls v5', () => {
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

  it('has every name of the real SDK', () => {
    const own = CometChatCalls as unknown as Record<string, unknown>;
    for (const name of [...calls5.methods, ...calls5.actions]) expect(own[name], name).to.be.a('function');
    expect(CometChatCalls.constants).to.deep.include(calls5.constants);
  });

  it('does nothing outside a session', async () => {
    const own = CometChatCalls as unknown as Record<string, (about: string) => unknown>;
    const stop = CometChatCalls.addEventListener('onError', () => expect.fail('It was told.'));
    for (const name of calls5.actions) expect(await own[name]?.('x'), name).to.equal(undefined);
    expect(CometChatCalls.getCurrentAudioInputDevice()).to.equal(undefined);
    stop();
  });

  describe('init', () => {
    it('resolves with success', async () =>
      expect(await CometChatCalls.init(app)).to.deep.equal({ success: true, error: null }));

    for (const wrong of [{}, { appId: 'app' }, { appId: 'app', region: 'mars' }])
      it(`resolves with what is wrong with ${JSON.stringify(wrong)}`, async () => {
        const { success, error } = await CometChatCalls.init(wrong as never);
        expect([success, error?.name, error?.errorCode]).to.deep.equal([
          false,
          'VALIDATION_ERROR',
          'VALIDATION_ERROR',
        ]);
        expect(error?.message).to.include('Invalid app settings');
      });

    it('reads the contents of a settings file', async () => {
      const file = { appId: 'other', region: 'eu', callsSDK: { host: 'https://other.example' } };
      expect(await CometChatCalls.initFromSettings(file)).to.deep.equal({ success: true, error: null });
      await CometChatCalls.generateToken('s', 'auth');
      expect(asked[0]?.path).to.equal('https://other.example/v3.0/call_tokens');
    });
  });

  describe('login', () => {
    it('asks with the key of init or its own, and remembers the user', async () => {
      expect(CometChatCalls.getLoggedInUser()).to.equal(null);
      expect(CometChatCalls.isUserLoggedIn()).to.equal(false);
      expect(await CometChatCalls.login('ada')).to.deep.equal(signedIn);
      expect(asked[0]).to.include({ path: `${users}/ada/auth_tokens` });
      expect(asked[0]?.headers.get('apiKey')).to.equal('key');
      expect(CometChatCalls.getLoggedInUser()).to.deep.equal(signedIn);
      expect(CometChatCalls.getUserAuthToken()).to.equal('token-of-ada');
      await CometChatCalls.login('ada', 'another key');
      expect(asked[1]?.headers.get('apiKey')).to.equal('another key');
    });

    it('with a token asks whose it is', async () => {
      expect(await CometChatCalls.loginWithAuthToken('a-token')).to.deep.equal({
        ...signedIn,
        authToken: 'a-token',
      });
      expect(asked[0]?.path).to.equal('https://calls.example/v3.0/me');
      expect(asked[0]?.headers.get('authToken')).to.equal('a-token');
    });

    it('is known at once on the next page, and to no other application', async () => {
      await CometChatCalls.login('ada');
      expect(JSON.stringify(localStorage)).to.include('token-of-ada');
      await CometChatCalls.init({ ...app, appId: 'other' });
      expect(CometChatCalls.getLoggedInUser()).to.equal(null);
      await CometChatCalls.init(app);
      expect(CometChatCalls.getLoggedInUser()?.uid).to.equal('ada');
    });

    it('survives junk in the storage', () => {
      for (const junk of ['', 'null', '{}', '7', '"x"', '{"appId":"app"}', '{"appId":"app","user":7}']) {
        localStorage.setItem('cometchat-call:calls-user', junk);
        expect(CometChatCalls.getLoggedInUser() ?? null, junk).to.equal(null);
        expect(CometChatCalls.isUserLoggedIn(), junk).to.equal(false);
      }
    });

    const refusals: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['ERROR_INVALID_UID', () => CometChatCalls.login('')],
      ['ERROR_INVALID_UID', () => CometChatCalls.login(undefined as never)],
      ['ERROR_UID_WITH_SPACE', () => CometChatCalls.login('a da')],
      ['ERROR_BLANK_AUTHTOKEN', () => CometChatCalls.loginWithAuthToken(' ')],
      ['ERROR_AUTHTOKEN_WITH_SPACE', () => CometChatCalls.loginWithAuthToken('a b')],
      ['ERROR_NO_USER_LOGGED_IN', () => CometChatCalls.logout()],
      ['ERROR_SESSION_ID_MISSING', () => CometChatCalls.generateToken('')],
      ['ERROR_AUTH_TOKEN_MISSING', () => CometChatCalls.generateToken('s')],
    ];
    for (const [code, ask] of refusals)
      it(`refuses with ${code}`, async () => {
        expect((await failureOf(ask())).code).to.equal(code);
        expect(asked).to.deep.equal([]);
      });

    it('without a key says so', async () => {
      await CometChatCalls.init({ ...app, authKey: undefined as never });
      expect((await failureOf(CometChatCalls.login('ada'))).code).to.equal('ERROR_API_KEY_NOT_FOUND');
      answer = () => ({ error: { code: 'AUTH_ERR_APIKEY_NOT_FOUND', message: 'no' } });
      expect((await failureOf(CometChatCalls.login('ada', 'x'))).code).to.equal('ERROR_API_KEY_NOT_FOUND');
    });

    it('is one at a time', async () => {
      const first = CometChatCalls.login('ada');
      expect((await failureOf(CometChatCalls.login('ada'))).code).to.equal('ERROR_LOGIN_IN_PROGRESS');
      expect((await first).uid).to.equal('ada');
    });

    it('is told to the login listeners, and so is logout', async () => {
      const heard: unknown[] = [];
      CometChatCalls.addLoginListener('me', {
        onLoginSuccess: ({ uid }) => heard.push(['in', uid]),
        onLoginFailure: (error) => heard.push(['not in', (error as unknown as Failure).errorCode]),
        onLogoutSuccess: () => heard.push('out'),
        onLogoutFailure: (error) => heard.push(['not out', (error as unknown as Failure).errorCode]),
      });
      await CometChatCalls.login('ada');
      expect(await CometChatCalls.logout()).to.be.a('string');
      await failureOf(CometChatCalls.logout());
      await failureOf(CometChatCalls.login(''));
      CometChatCalls.removeLoginListener('me');
      await CometChatCalls.login('ada');
      expect(heard).to.deep.equal([
        ['in', 'ada'],
        'out',
        ['not out', 'ERROR_NO_USER_LOGGED_IN'],
        ['not in', 'ERROR_INVALID_UID'],
      ]);
    });
  });

  describe('generateToken', () => {
    it('is for the user who is signed in', async () => {
      await CometChatCalls.login('ada');
      expect(await CometChatCalls.generateToken('s')).to.deep.equal({ token: callToken });
      expect(asked[1]?.headers.get('authToken')).to.equal('token-of-ada');
      expect(asked[1]?.body).to.deep.equal({ sessionId: 's' });
    });

    it('is for the user of the Chat SDK where none is signed in here', async () => {
      const login = { uid: 'ada', name: 'Ada', avatar: '', authToken: 'token-of-chat' };
      localStorage.setItem('cometchat-call:user:app', JSON.stringify(login));
      await CometChatCalls.generateToken('s');
      expect(asked[0]?.headers.get('authToken')).to.equal('token-of-chat');
    });

    it('says when the token of the user is no longer good', async () => {
      await CometChatCalls.login('ada');
      answer = () => ({ error: { code: 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND', message: 'expired' } });
      expect((await failureOf(CometChatCalls.generateToken('s'))).code).to.equal('ERROR_AUTH_TOKEN_MISSING');
    });
  });

  describe('joinSession', () => {
    it('resolves when the session is joined, and leaveSession empties the element', async () => {
      const place = await joined();
      expect(place.querySelector('cometchat-call')).to.include({ token: callToken, mode: 'TILE' });
      await CometChatCalls.leaveSession();
      await CometChatCalls.leaveSession();
      expect(place.childNodes).to.have.lengthOf(0);
    });

    it('takes the object that generateToken resolves with, and settings of a builder, built or not', async () => {
      const builder = new CometChatCalls.CallSettingsBuilder().setIsAudioOnlyCall(true);
      for (const settings of [builder, builder.build()]) {
        const place = container();
        void CometChatCalls.joinSession({ token: callToken }, settings, place);
        await waitUntil(() => place.firstElementChild);
        expect(place.querySelector('cometchat-call')).to.include({ token: callToken, audioOnly: true });
      }
    });

    for (const [title, token, settings, element] of [
      ['no token', undefined, {}, 'div'],
      ['a token that cannot be read', 'nonsense', {}, 'div'],
      ['no element', callToken, {}, null],
      ['a setting that is wrong', callToken, { layout: 'CIRCLE' }, 'div'],
      ['settings that are none', callToken, 'TILE', 'div'],
      [
        'settings of a builder that are wrong',
        callToken,
        new CometChatCalls.CallSettingsBuilder().setIdleTimeoutPeriod(1),
        'div',
      ],
    ] as const)
      it(`resolves with VALIDATION_ERROR for ${title}`, async () => {
        const place = element && container();
        const { data, error } = await CometChatCalls.joinSession(
          token as never,
          settings as never,
          place as never,
        );
        expect([data, error?.errorCode]).to.deep.equal([null, 'VALIDATION_ERROR']);
      });

    it('resolves with the failure when the session cannot be joined', async () => {
      const place = container();
      const joining = CometChatCalls.joinSession(callToken, {}, place);
      await waitUntil(() => place.firstElementChild);
      const failure = { code: 'ROOM_FULL', name: 'CallError', message: 'full', details: null };
      happens(callEvent('onConnectionFailed', failure));
      const { data, error } = await joining;
      expect([data, error?.code, error?.errorDescription]).to.deep.equal([null, 'ROOM_FULL', 'full']);
    });

    it('that is left before it is joined says so; what was asked before its code was there is left, too', async () => {
      const place = container();
      const joining = CometChatCalls.joinSession(callToken, {}, place);
      await CometChatCalls.leaveSession();
      expect((await joining).error?.code).to.equal('ERROR_SESSION_LEFT');
      expect(place.childNodes).to.have.lengthOf(0);
    });

    it('of the same session in the same element is one join', async () => {
      const place = container();
      const [first, second] = [1, 2].map(() => CometChatCalls.joinSession(callToken, {}, place));
      await waitUntil(() => place.firstElementChild);
      const call = place.firstElementChild;
      happens(callEvent('onSessionJoined', { sessionId: 's' }));
      expect((await first)?.error ?? (await second)?.error).to.equal(null);
      expect(place.firstElementChild).to.equal(call);
    });

    it('of another session leaves the one before', async () => {
      const first = await joined();
      const second = await joined();
      expect([first, second].map((place) => place.childElementCount)).to.deep.equal([0, 1]);
    });
  });

  describe('addEventListener', () => {
    it('hears until the function it returns is called, or the signal is aborted', async () => {
      const heard: string[] = [];
      const lifetime = new AbortController();
      const stop = CometChatCalls.addEventListener('onParticipantJoined', ({ pid }) =>
        heard.push(`1 ${pid}`),
      );
      CometChatCalls.addEventListener('onParticipantJoined', ({ uid }) => heard.push(`2 ${uid}`), lifetime);
      await joined();
      happens(callEvent('onUserJoined', bob));
      await waitUntil(() => heard.length === 2);
      stop();
      happens(callEvent('onUserJoined', bob));
      await waitUntil(() => heard.length === 3);
      lifetime.abort();
      happens(callEvent('onUserJoined', bob));
      await CometChatCalls.leaveSession();
      expect(heard).to.deep.equal(['1 b', '2 bob', '2 bob']);
    });

    it('with a signal that was aborted hears nothing', async () => {
      CometChatCalls.addEventListener('onSessionJoined', () => expect.fail('It was told.'), {
        signal: AbortSignal.abort(),
      });
      await joined();
    });

    it('tells of a session that was started by a name of v4, too', async () => {
      const heard: string[] = [];
      const stop = CometChatCalls.addEventListener('onSessionJoined', () => heard.push('joined'));
      const settings = new CometChatCalls.CallSettingsBuilder().build();
      await CometChatCalls.startSession(callToken, settings, container());
      happens(callEvent('onSessionJoined', { sessionId: 's' }));
      await waitUntil(() => heard.length === 1);
      stop();
    });

    it('a listener that throws harms no other', async () => {
      const errors: string[] = [];
      const ignore = (event: Event): void => event.preventDefault();
      const before = window.onerror;
      window.onerror = (_event, _source, _line, _column, error) => (errors.push(error?.message ?? ''), true);
      addEventListener('error', ignore);
      const heard: number[] = [];
      const stops = [
        CometChatCalls.addEventListener('onAudioMuted', () => {
          throw new Error('of the page');
        }),
        CometChatCalls.addEventListener('onAudioMuted', () => heard.push(1)),
      ];
      await joined();
      happens(callEvent('onAudioMuted'));
      await waitUntil(() => heard.length === 1 && errors.length === 1);
      for (const stop of stops) stop();
      window.onerror = before;
      removeEventListener('error', ignore);
    });
  });

  describe('the end', () => {
    /** As if the user pressed the button. */
    const press = (): void => {
      const event = new CustomEvent('cometchat-call-end-button-pressed', { cancelable: true });
      happens(callEvent('onCallEndButtonPressed'));
      document.querySelector('cometchat-call')?.dispatchEvent(event);
    };

    it('comes with the button, whoever listens', async () => {
      const heard: string[] = [];
      const stop = CometChatCalls.addEventListener('onLeaveSessionButtonClicked', () =>
        heard.push('clicked'),
      );
      const place = await joined();
      press();
      await waitUntil(() => place.childElementCount === 0 && heard.length === 1);
      stop();
    });

    it('of a peer call comes when the other one leaves', async () => {
      const place = await joined(container(), { isPeerCall: true });
      happens(callEvent('onUserLeft', bob));
      await waitUntil(() => place.childElementCount === 0);
    });

    it('of any other call does not', async () => {
      const place = await joined();
      happens(callEvent('onUserLeft', bob));
      await Promise.resolve();
      expect(place.childElementCount).to.equal(1);
    });

    it('leaves what there is to say in the element when it was not the user’s wish', async () => {
      const place = await joined();
      happens(callEvent('onSessionLeft', { reason: 'ended-by-server' }));
      await Promise.resolve();
      expect(place.childElementCount).to.equal(1);
      happens(callEvent('onSessionLeft', { reason: 'left' }));
      await waitUntil(() => place.childElementCount === 0);
    });

    it('comes with logout', async () => {
      await CometChatCalls.login('ada');
      const place = await joined();
      await CometChatCalls.logout();
      expect(place.childElementCount).to.equal(0);
    });
  });

  it('says aloud what there is not', async () => {
    const heard: string[] = [];
    const stop = CometChatCalls.addEventListener('onError', ({ code, message }) => heard.push(code, message));
    await joined();
    CometChatCalls.startStreaming('rtmp://example.com', 'key');
    CometChatCalls.startTranscription();
    await waitUntil(() => heard.length === 4);
    expect(heard[0]).to.equal('UNSUPPORTED');
    expect(heard[1]).to.include('streaming');
    expect(heard[3]).to.include('transcription');
    stop();
  });
});
