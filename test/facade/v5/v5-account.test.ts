import { expect } from '@open-wc/testing';
import { CometChatCalls } from '../../../src/facade/comet-chat-calls.js';
import { asked, app, ada, callToken, answerWith } from './v5-setup.js';

interface Failure {
  readonly code: string;
  readonly errorCode: string;
  readonly errorDescription: string;
  readonly message: string;
}

const users = 'https://calls.example/v3/users';

const signedIn = { ...ada, status: 'online' };

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const failed = (await promise.then(
    () => expect.fail('It did not reject.'),
    (error: unknown) => error,
  )) as Failure;
  expect(failed).to.include({ errorCode: failed.code, errorDescription: failed.message });
  return failed;
}

describe('CometChatCalls v5', () => {
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
      answerWith(() => ({ error: { code: 'AUTH_ERR_APIKEY_NOT_FOUND', message: 'no' } }));
      expect((await failureOf(CometChatCalls.login('ada', 'x'))).code).to.equal('ERROR_API_KEY_NOT_FOUND');
    });

    it('is one at a time', async () => {
      const first = CometChatCalls.login('ada');
      expect((await failureOf(CometChatCalls.login('ada'))).code).to.equal('ERROR_LOGIN_IN_PROGRESS');
      expect((await first).uid).to.equal('ada');
    });

    it('notifies the login listeners, and so does logout', async () => {
      const received: unknown[] = [];
      CometChatCalls.addLoginListener('me', {
        onLoginSuccess: ({ uid }) => received.push(['in', uid]),
        onLoginFailure: (error) => received.push(['not in', (error as unknown as Failure).errorCode]),
        onLogoutSuccess: () => received.push('out'),
        onLogoutFailure: (error) => received.push(['not out', (error as unknown as Failure).errorCode]),
      });
      await CometChatCalls.login('ada');
      expect(await CometChatCalls.logout()).to.be.a('string');
      await failureOf(CometChatCalls.logout());
      await failureOf(CometChatCalls.login(''));
      CometChatCalls.removeLoginListener('me');
      await CometChatCalls.login('ada');
      expect(received).to.deep.equal([
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
      answerWith(() => ({ error: { code: 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND', message: 'expired' } }));
      expect((await failureOf(CometChatCalls.generateToken('s'))).code).to.equal('ERROR_AUTH_TOKEN_MISSING');
    });
  });
});
