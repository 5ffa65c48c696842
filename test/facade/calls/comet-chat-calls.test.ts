import { expect } from '@open-wc/testing';
import type { CallEventListener } from '../../../src/domain/call/call-events.js';
import { CometChatCalls } from '../../../src/facade/comet-chat-calls.js';
import { CallListeners } from '../../../src/facade/session/call-listeners.js';
import { callEvent } from '../../../src/domain/call/call-events.js';
import { calls426, foreignCallSettings } from '../../fakes/facade/cometchat-shapes.js';
import { waitUntil } from '../../harness/wait-until.js';
import { CallSettingsBuilder, CallAppSettingsBuilder, token, container } from './calls-setup.js';

async function rejection(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await promise;
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('It did not reject.');
}

describe('CometChatCalls', () => {
  it('has every static of the real SDK 4.2.6, and of the same kind', () => {
    const own = CometChatCalls as unknown as Record<string, unknown>;
    for (const name of calls426.methods) expect(own[name], name).to.be.a('function');
    for (const name of calls426.classes) {
      expect(own[name], name).to.be.a('function');
      expect((own[name] as { prototype?: object }).prototype, name).to.be.an('object');
    }
    for (const name of calls426.constants) expect(own[name], name).to.deep.equal(calls426.mode);
  });

  it('is found in all the ways that bundlers and script tags look for it', () => {
    expect(CometChatCalls.CometChatCalls).to.equal(CometChatCalls);
  });

  it('does nothing, silently, outside a session', () => {
    const own = CometChatCalls as unknown as Record<string, (...args: unknown[]) => unknown>;
    const received: unknown[] = [];
    CometChatCalls.addCallEventListener('silence', { onError: (error) => void received.push(error) });
    for (const name of calls426.controls) expect(own[name]?.('x'), name).to.equal(undefined);
    for (const name of calls426.deviceGetters) expect(own[name]?.(), name).to.deep.equal([]);
    CometChatCalls.removeCallEventListener('silence');
    expect(received).to.deep.equal([]);
  });
});

describe('CometChatCalls.init', () => {
  const good = () =>
    new CallAppSettingsBuilder().setAppId('app').setRegion('us').setHost('https://calls.example');

  it('resolves with nothing', async () => {
    expect(await CometChatCalls.init(good().build())).to.equal(undefined);
    for (const region of ['us', 'EU', 'in']) await CometChatCalls.init(good().setRegion(region).build());
  });

  for (const [title, settings] of [
    ['no CallAppSettings', 'app'],
    ['no settings at all', undefined],
    ['no app id', new CallAppSettingsBuilder().setRegion('us').build()],
    ['no region', new CallAppSettingsBuilder().setAppId('app').build()],
    ['a region that there is not', good().setRegion('mars').build()],
    ['a host that is no address', good().setHost('http://').build()],
  ] as const)
    it(`rejects ${title}`, async () => {
      const { code, message } = await rejection(CometChatCalls.init(settings as never));
      expect(code).to.equal('INVALID_CALL_APP_SETTINGS');
      expect(message).not.to.equal('');
    });

  it('reads settings of another copy of the class', async () => {
    const foreign = { getAppId: () => 'app', getRegion: () => 'us', getHost: () => '' };
    expect(await CometChatCalls.init(foreign)).to.equal(undefined);
  });
});

describe('CometChatCalls.generateToken', () => {
  it('refuses what is no text, before any request', async () => {
    await CometChatCalls.init(new CallAppSettingsBuilder().setAppId('app').setRegion('us').build());
    for (const [sessionId, authToken] of [
      [7, 'auth'],
      ['', 'auth'],
      ['session', null],
      ['session', ''],
    ]) {
      const { code } = await rejection(
        CometChatCalls.generateToken(sessionId as string, authToken as string),
      );
      expect(code).to.equal('INVALID_ARGUMENT_EXCEPTION');
    }
  });

  it('says so when the server cannot be reached', async () => {
    const host = 'http://127.0.0.1:9';
    await CometChatCalls.init(
      new CallAppSettingsBuilder().setAppId('app').setRegion('us').setHost(host).build(),
    );
    expect((await rejection(CometChatCalls.generateToken('s', 'a'))).code).to.equal('UNKNOWN_API_ERROR');
  });
});

describe('CometChatCalls.startSession', () => {
  const settings = (listener?: CallEventListener) => {
    const builder = new CallSettingsBuilder();
    return listener ? builder.setCallListener(listener).build() : builder.build();
  };

  for (const [title, wrong] of [
    ['what is no CallSettings', {}],
    ['nothing', undefined],
    ['a builder that was not built', new CallSettingsBuilder()],
    ['a switch that is no boolean', new CallSettingsBuilder().enableDefaultLayout('yes' as never).build()],
    ['an idle period below 120 seconds', new CallSettingsBuilder().setIdleTimeoutPeriod(119).build()],
    [
      'an idle period that is no number',
      new CallSettingsBuilder().setIdleTimeoutPeriod('180' as never).build(),
    ],
  ] as const)
    it(`rejects ${title}`, async () => {
      const { code } = await rejection(CometChatCalls.startSession(token, wrong as never, container()));
      expect(code).to.equal('INVALID_CALL_SETTINGS');
    });

  for (const [title, wrong] of [
    ['no token', undefined],
    ['a token that cannot be read', 'nonsense'],
    ['a token without a session', `x.${btoa('{}')}.x`],
    ['an object without a token', {}],
  ] as const)
    it(`tells onError of ${title}, and resolves`, async () => {
      const received: string[] = [];
      const listener = { onError: ({ code }: { code: string }) => void received.push(code) };
      await CometChatCalls.startSession(wrong as never, settings(listener), container());
      expect(received).to.deep.equal(['INVALID_ARGUMENT_EXCEPTION']);
      const { code } = await rejection(CometChatCalls.startSession(wrong as never, settings(), container()));
      expect(code, 'without a listener').to.equal('INVALID_ARGUMENT_EXCEPTION');
    });

  it('needs an element to show the call in', async () => {
    const { code } = await rejection(CometChatCalls.startSession(token, settings(), null as never));
    expect(code).to.equal('INVALID_ARGUMENT_EXCEPTION');
  });

  it('takes the token as the documents have it, and as the real SDK wants it', async () => {
    for (const given of [token, { token }]) {
      const place = container();
      expect(await CometChatCalls.startSession(given, settings(), place)).to.equal(undefined);
      expect(place.querySelector('cometchat-call')?.token).to.equal(token);
      CometChatCalls.endSession();
      expect(place.childNodes).to.have.lengthOf(0);
    }
  });

  it('waits for its container to be in the document, and says so', async () => {
    const warn = console.warn;
    const warnings: unknown[] = [];
    console.warn = (...words: unknown[]): void => void warnings.push(...words);
    try {
      const place = container();
      place.remove();
      await CometChatCalls.startSession(token, settings(), place);
      expect(warnings).to.deep.equal([
        'CometChatCalls: the call begins once its container is in the document.',
      ]);
      const call = place.querySelector('cometchat-call');
      expect(call?.matches(':state(joining)')).to.equal(false);
      document.body.append(place);
      await waitUntil(() => call?.matches(':state(joining)'));
    } finally {
      console.warn = warn;
    }
  });

  it('shows one session at a time, in place of what was in the element', async () => {
    const [first, second] = [container(), container()];
    first.textContent = 'Loading';
    await CometChatCalls.startSession(token, settings(), first);
    expect(first.textContent).to.equal('');
    await CometChatCalls.startSession(token, settings(), second);
    expect(first.childNodes).to.have.lengthOf(0);
    expect(document.querySelectorAll('cometchat-call')).to.have.lengthOf(1);
    CometChatCalls.endSession();
    CometChatCalls.endSession();
    expect(document.querySelectorAll('cometchat-call')).to.have.lengthOf(0);
  });

  it('takes the settings of the Chat SDK', async () => {
    const place = container();
    await CometChatCalls.startSession(token, foreignCallSettings as never, place);
    expect(place.querySelector('cometchat-call')).to.include({
      enableDefaultLayout: false,
      audioOnly: true,
      mode: 'TILE',
      showEndCallButton: false,
      idleTimeoutPeriod: 180,
      mainVideoAspectRatio: 'cover',
    });
  });

  it('hands the words of setLocalizedStringObject to the interface', async () => {
    const place = container();
    const words = { JOINING_TEXT: 'Gleich' };
    await CometChatCalls.startSession(
      token,
      new CallSettingsBuilder().setLocalizedStringObject(words).build(),
      place,
    );
    expect(place.querySelector('cometchat-call')?.localizedStrings).to.equal(words);
  });
});

describe('listeners', () => {
  const joined = callEvent('onSessionJoined', { sessionId: 's' });

  it('the same id replaces; added ones hear first, the one of the settings last', () => {
    const listeners = new CallListeners();
    const received: string[] = [];
    const recording = (name: string): CallEventListener => ({
      onSessionJoined: () => void received.push(name),
    });
    listeners.add('a', recording('old a'));
    listeners.add('b', recording('b'));
    listeners.add('a', recording('a'));
    listeners.notify(joined, recording('settings'));
    expect(received).to.deep.equal(['a', 'b', 'settings']);
    listeners.remove('b');
    listeners.remove('never added');
    listeners.notify(joined, undefined);
    expect(received.slice(3)).to.deep.equal(['a']);
  });

  it('that are no objects are ignored; `this` is the listener', () => {
    const listeners = new CallListeners();
    listeners.add('none', null as never);
    listeners.add('text', 'listener' as never);
    const listener = {
      self: null as unknown,
      onSessionJoined(this: { self: unknown }) {
        this.self = this;
      },
    };
    listeners.add('mine', listener);
    listeners.notify(joined, undefined);
    expect(listener.self).to.equal(listener);
  });

  it('built from a class keep their methods', () => {
    const received: string[] = [];
    const listener = new CometChatCalls.OngoingCallListener({
      onCallEnded: () => void received.push('ended'),
    });
    new CallListeners().notify(callEvent('onCallEnded'), listener);
    expect(received).to.deep.equal(['ended']);
  });

  it('of the iOS SDK hear under its names', () => {
    const received: unknown[] = [];
    const user = {
      id: 'p',
      uid: 'a',
      name: 'A',
      avatar: '',
      joinedAt: '',
      isAudioMuted: false,
      isVideoMuted: false,
    };
    const settings = new CallSettingsBuilder()
      .setDelegate({
        onUserListChanged: (users) => void received.push(users),
        onRecordingToggled: ({ recordingStarted, user: by }) =>
          void received.push([recordingStarted, by.uid]),
      })
      .build();
    const listeners = new CallListeners();
    listeners.notify(callEvent('onUserListUpdated', [user]), settings.getCallListener());
    listeners.notify(callEvent('onRecordingStarted', { user }), settings.getCallListener());
    listeners.notify(callEvent('onRecordingStopped', { user }), settings.getCallListener());
    expect(received).to.deep.equal([[user], [true, 'a'], [false, 'a']]);
  });
});
