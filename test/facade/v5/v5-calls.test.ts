import { expect } from '@open-wc/testing';
import { callEvent, type CallEvent } from '../../../src/domain/call/call-events.js';
import { sessionUser } from '../../../src/domain/call/participant.js';
import { CometChatCalls } from '../../../src/facade/comet-chat-calls.js';
import { participant } from '../../fakes/ui/participants.js';
import { calls5 } from '../../fakes/facade/v5-surface.js';
import { waitUntil } from '../../harness/wait-until.js';
import { callToken } from './v5-setup.js';

const bob = sessionUser(participant('b', { uid: 'bob', name: 'Bob' }));

const container = (): HTMLElement => {
  const element = document.createElement('div');
  document.body.append(element);
  return element;
};

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
      const received: string[] = [];
      const lifetime = new AbortController();
      const stop = CometChatCalls.addEventListener('onParticipantJoined', ({ pid }) =>
        received.push(`1 ${pid}`),
      );
      CometChatCalls.addEventListener(
        'onParticipantJoined',
        ({ uid }) => received.push(`2 ${uid}`),
        lifetime,
      );
      await joined();
      happens(callEvent('onUserJoined', bob));
      await waitUntil(() => received.length === 2);
      stop();
      happens(callEvent('onUserJoined', bob));
      await waitUntil(() => received.length === 3);
      lifetime.abort();
      happens(callEvent('onUserJoined', bob));
      await CometChatCalls.leaveSession();
      expect(received).to.deep.equal(['1 b', '2 bob', '2 bob']);
    });

    it('with a signal that was aborted hears nothing', async () => {
      CometChatCalls.addEventListener('onSessionJoined', () => expect.fail('It was told.'), {
        signal: AbortSignal.abort(),
      });
      await joined();
    });

    it('tells of a session that was started by a name of v4, too', async () => {
      const received: string[] = [];
      const stop = CometChatCalls.addEventListener('onSessionJoined', () => received.push('joined'));
      const settings = new CometChatCalls.CallSettingsBuilder().build();
      await CometChatCalls.startSession(callToken, settings, container());
      happens(callEvent('onSessionJoined', { sessionId: 's' }));
      await waitUntil(() => received.length === 1);
      stop();
    });

    it('a listener that throws harms no other', async () => {
      const errors: string[] = [];
      const ignore = (event: Event): void => event.preventDefault();
      const before = window.onerror;
      window.onerror = (_event, _source, _line, _column, error) => (errors.push(error?.message ?? ''), true);
      addEventListener('error', ignore);
      const received: number[] = [];
      const stops = [
        CometChatCalls.addEventListener('onAudioMuted', () => {
          throw new Error('of the page');
        }),
        CometChatCalls.addEventListener('onAudioMuted', () => received.push(1)),
      ];
      await joined();
      happens(callEvent('onAudioMuted'));
      await waitUntil(() => received.length === 1 && errors.length === 1);
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

    it('comes with the button, with or without listeners', async () => {
      const received: string[] = [];
      const stop = CometChatCalls.addEventListener('onLeaveSessionButtonClicked', () =>
        received.push('clicked'),
      );
      const place = await joined();
      press();
      await waitUntil(() => place.childElementCount === 0 && received.length === 1);
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
    const received: string[] = [];
    const stop = CometChatCalls.addEventListener('onError', ({ code, message }) =>
      received.push(code, message),
    );
    await joined();
    CometChatCalls.startStreaming('rtmp://example.com', 'key');
    CometChatCalls.startTranscription();
    await waitUntil(() => received.length === 4);
    expect(received[0]).to.equal('UNSUPPORTED');
    expect(received[1]).to.include('streaming');
    expect(received[3]).to.include('transcription');
    stop();
  });
});
