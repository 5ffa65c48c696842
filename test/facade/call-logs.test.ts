import { expect } from '@open-wc/testing';
import { CometChatCalls } from '../../src/facade/comet-chat-calls.js';

const { CallLogRequestBuilder, CallLog, CallUser, CallGroup, Participant, Recording } = CometChatCalls;

const call = (mid: string, more: object = {}) => ({
  ...{ sessionId: `s-${mid}`, mid, mode: 'call', type: 'video', status: 'ended', receiverType: 'user' },
  ...{ initiator: 'ada', receiver: 'bob', initiatedAt: 1700000000, endedAt: 1700000090, hasRecording: false },
  ...{ totalDuration: '00:01:30', totalDurationInMinutes: 1.5, totalAudioMinutes: 0.5, totalVideoMinutes: 1 },
  totalParticipants: 2,
  data: {
    entities: {
      initiator: { entityType: 'user', entity: { uid: 'ada', name: 'Ada', avatar: 'a.png' } },
      receiver: { entityType: 'user', entity: { uid: 'bob', name: 'Bob', avatar: '' } },
    },
  },
  participants: [
    { uid: 'ada', name: 'Ada', isJoined: true, deviceId: 'd1', joinedAt: 1700000001, state: 'ended' },
  ],
  ...more,
});

/** The call server, as far as the history is concerned: three calls in pages of two. */
class FakeServer {
  readonly asked: { readonly url: URL; readonly authToken: string | null }[] = [];
  answer: (url: URL) => object = (url) => {
    const page = Number(url.searchParams.get('page') ?? 1);
    const data = [[call('3'), call('2')], [call('1')]][page - 1] ?? [];
    return { data, meta: { pagination: { current_page: page, total_pages: 2 } } };
  };
  readonly fetch: typeof fetch = (input, init) => {
    const url = new URL(input as string);
    this.asked.push({ url, authToken: new Headers(init?.headers).get('authToken') });
    return Promise.resolve(new Response(JSON.stringify(this.answer(url))));
  };
}

let server: FakeServer;
const realFetch = window.fetch;
beforeEach(async () => {
  server = new FakeServer();
  window.fetch = server.fetch;
  await CometChatCalls.init(
    new CometChatCalls.CallAppSettingsBuilder()
      .setAppId('app')
      .setRegion('us')
      .setHost('https://calls.example')
      .build(),
  );
});
afterEach(() => (window.fetch = realFetch));

const mids = (logs: readonly InstanceType<typeof CallLog>[]) => logs.map((log) => log.getMid());
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => '',
    (error: { code: string }) => error.code,
  );

describe('call logs of the SDK', () => {
  it('are read forwards and backwards, page by page', async () => {
    const request = new CallLogRequestBuilder().setLimit(2).setAuthToken('token').build();
    expect(mids(await request.fetchPrevious())).to.deep.equal([]);
    expect(mids(await request.fetchNext())).to.deep.equal(['3', '2']);
    expect(mids(await request.fetchNext())).to.deep.equal(['1']);
    expect(mids(await request.fetchNext())).to.deep.equal([]);
    expect(mids(await request.fetchPrevious())).to.deep.equal(['3', '2']);
    expect(mids(await request.fetchPrevious())).to.deep.equal([]);
    expect(server.asked.every(({ authToken }) => authToken === 'token')).to.equal(true);
  });

  it('are asked for with every filter', async () => {
    const builder = new CallLogRequestBuilder()
      .setLimit(10)
      .setCallType('video')
      .setCallStatus('missed')
      .setHasRecording(true)
      .setCallCategory('call')
      .setCallDirection('incoming')
      .setUid('bob')
      .setGuid('team')
      .setAuthToken('token');
    await builder.build().fetchNext();
    const [{ url } = { url: new URL('https://nowhere.example') }] = server.asked;
    expect(url.origin + url.pathname).to.equal('https://calls.example/v3.0/calls');
    expect(Object.fromEntries(url.searchParams)).to.deep.equal({
      ...{ page: '1', perPage: '10', type: 'video', status: 'missed', hasRecording: 'true' },
      ...{ mode: 'call', direction: 'incoming', uid: 'bob', guid: 'team' },
    });
  });

  it('one page is read at a time, and not without a token', async () => {
    const request = new CallLogRequestBuilder().setAuthToken('token').build();
    const first = request.fetchNext();
    expect(await codeOf(request.fetchNext())).to.equal('REQUEST_IN_PROGRESS');
    await first;
    expect(await codeOf(new CallLogRequestBuilder().build().fetchNext())).to.equal('NOT_ENOUGH_PARAMETERS');
    expect(await codeOf(CometChatCalls.getCallDetails('', 'token'))).to.equal('NOT_ENOUGH_PARAMETERS');
  });

  it('the server’s refusal has its code, and the page can be read again', async () => {
    const { answer } = server;
    server.answer = () => ({ error: { code: 'ERR_CALL_HISTORY_OFF', message: 'There is none.' } });
    const request = new CallLogRequestBuilder().setAuthToken('token').build();
    expect(await codeOf(request.fetchNext())).to.equal('ERR_CALL_HISTORY_OFF');
    server.answer = answer;
    expect(mids(await request.fetchNext())).to.deep.equal(['3', '2']);
  });

  it('getCallDetails gives the calls of a session', async () => {
    server.answer = () => ({ data: [call('9')] });
    expect(mids(await CometChatCalls.getCallDetails('a b', 'token'))).to.deep.equal(['9']);
    expect(server.asked[0]?.url.pathname).to.equal('/v3.0/calls/a%20b');
  });

  it('have getters and plain properties, and only those that the call has', () => {
    const log = CallLog.callLogFromJson(call('1'));
    const plain = log as unknown as Record<string, unknown>;
    expect(log.getSessionID()).to.equal('s-1');
    expect([plain.sessionId, plain.initiatedAt, plain.type]).to.deep.equal(['s-1', 1700000000, 'video']);
    expect([log.getCallCategory(), log.getStatus(), log.getReceiverType()]).to.deep.equal([
      'call',
      'ended',
      'user',
    ]);
    expect([log.getTotalDuration(), log.getTotalDurationInMinutes()]).to.deep.equal(['00:01:30', 1.5]);
    expect([
      log.getTotalAudioMinutes(),
      log.getTotalVideoMinutes(),
      log.getTotalParticipants(),
    ]).to.deep.equal([0.5, 1, 2]);
    expect([log.getEndedAt(), log.getHasRecording(), log.getMid()]).to.deep.equal([1700000090, false, '1']);
    expect(log.getInitiator()).to.be.instanceOf(CallUser);
    expect(log.getInitiator().getName()).to.equal('Ada');
    expect((log.getReceiver() as InstanceType<typeof CallUser>).getUid()).to.equal('bob');
    expect('recordings' in log).to.equal(false);
    log.setStatus('missed');
    expect(log.getStatus()).to.equal('missed');
  });

  it('know participants, recordings and groups', () => {
    const log = CallLog.callLogFromJson(
      JSON.stringify(
        call('1', {
          ...{ receiverType: 'group', receiver: 'team', data: undefined },
          recordings: [
            { rid: 'r', recording_url: 'https://a.example/r', startTime: 1, endTime: 3, duration: 2 },
          ],
        }),
      ),
    );
    const [ada] = log.getParticipants();
    expect(ada).to.be.instanceOf(Participant);
    expect([ada?.getUid(), ada?.getHasJoined(), ada?.getDeviceID(), ada?.getState()]).to.deep.equal([
      ...['ada', true, 'd1', 'ended'],
    ]);
    const [recording] = log.getRecordings();
    expect(recording).to.be.instanceOf(Recording);
    expect([recording?.getRid(), recording?.getRecordingURL(), recording?.getDuration()]).to.deep.equal([
      ...['r', 'https://a.example/r', 2],
    ]);
    expect(log.getReceiver()).to.be.instanceOf(CallGroup);
    expect((log.getReceiver() as InstanceType<typeof CallGroup>).getGuid()).to.equal('team');
    expect(CallUser.getUserFromJson({ uid: 'u', name: 'U' }).toString()).to.equal('{"uid":"u","name":"U"}');
  });
});
