import { expect } from '@open-wc/testing';
import { CometChat } from '../../../src/chat.js';
import { browserEnvironment, memoryStorage } from '../../../src/session/ring/page-environment.js';
import { chatHost } from '../../../src/facade/chat/chat-host.js';
import { deviceId } from '../../../src/session/ring/device-id.js';

const refusal = (promise: Promise<unknown>): Promise<CometChat.CometChatException> =>
  promise.then(
    () => expect.fail('was not rejected'),
    (error: unknown) => error as CometChat.CometChatException,
  );

describe('CometChat', () => {
  it('has the names that calling code uses', () => {
    const functions = [
      ...[
        'init',
        'login',
        'logout',
        'getLoggedinUser',
        'getLoggedInUser',
        'getUserAuthToken',
        'initiateCall',
      ],
      ...[
        'acceptCall',
        'rejectCall',
        'endCall',
        'getActiveCall',
        'clearActiveCall',
        'getCallParticipantCount',
      ],
      ...['addCallListener', 'removeCallListener', 'AppSettingsBuilder', 'User', 'Call', 'CallListener'],
      ...['CometChatException', 'MainVideoContainerSetting', 'CallSettings'],
      ...['VirtualBackground', 'VirtualBackgroundBuilder'],
    ];
    for (const name of functions) expect(CometChat, name).to.have.property(name).that.is.a('function');
    expect(CometChat.CALL_TYPE).to.eql({ AUDIO: 'audio', VIDEO: 'video' });
    expect(CometChat.RECEIVER_TYPE).to.eql({ USER: 'user', GROUP: 'group' });
    expect(CometChat.CALL_STATUS.CANCELLED).to.equal('cancelled');
    expect(CometChat.CALL_MODE.GRID).to.equal('GRID');
    expect(CometChat.CallSettings.POSITION_TOP_LEFT).to.equal('top-left');
  });

  it('says before init what is missing', async () => {
    const call: CometChat.Call = new CometChat.Call(
      'bob',
      CometChat.CALL_TYPE.VIDEO,
      CometChat.RECEIVER_TYPE.USER,
    );
    const error = await refusal(CometChat.initiateCall(call));
    expect(error).to.include({ code: 'NOT_INITIALIZED', name: 'CometChatException' });
    expect(error.message).to.contain('init');
    expect(error.details).to.equal(null);
    expect(CometChat.getActiveCall()).to.equal(null);
    expect(await CometChat.getLoggedInUser()).to.equal(null);
    CometChat.clearActiveCall();
  });

  it('needs an app id and settings, and then a user', async () => {
    const settings = new CometChat.AppSettingsBuilder()
      .setRegion('us')
      .subscribePresenceForAllUsers()
      .build();
    expect((await refusal(CometChat.init('', settings))).code).to.equal('INVALID_ARGUMENT_EXCEPTION');
    expect(await CometChat.init('app', settings)).to.equal(true);
    expect(await CometChat.init('app', settings)).to.equal(true);
    expect((await refusal(CometChat.acceptCall('s'))).code).to.equal('NOT_LOGGED_IN');
  });

  it('keeps the token of a user out of what is logged', () => {
    const user = new CometChat.User({ uid: 'ada', authToken: 'secret' });
    expect(user.getName()).to.equal('ada');
    expect(JSON.stringify(user)).not.to.contain('secret');
  });

  it('reads a call from a push notification', () => {
    const call = CometChat.Call.callFromJSON({
      receiver: 'bob',
      receiverType: 'user',
      type: 'audio',
      data: { entities: { on: { entity: { sessionid: 's1', status: 'initiated', initiatedAt: 12 } } } },
    });
    expect([
      call.getSessionId(),
      call.getReceiverId(),
      call.getType(),
      call.getStatus(),
      call.getInitiatedAt(),
    ]).to.eql(['s1', 'bob', 'audio', 'initiated', 12]);
  });
});

describe('the address of the chat', () => {
  const page = 'https://app.example/team/room?x#y';
  const cases = [
    ['', 'https://app.example'],
    ['/', 'https://app.example'],
    ['/calls/', 'https://app.example/calls'],
    ['calls.example', 'https://calls.example'],
    ['localhost:3000', 'http://localhost:3000'],
    ['https://calls.example:8080/v3.0/', 'https://calls.example:8080'],
    ['wss://calls.example/base/signal', 'https://calls.example/base'],
  ] as const;
  for (const [host, expected] of cases)
    it(`${host || 'nothing'} is ${expected}`, () => expect(chatHost(host, page)).to.equal(expected));

  it('is needed where there is no page', () =>
    expect(() => chatHost('', undefined))
      .to.throw()
      .with.property('code', 'INVALID_ARGUMENT_EXCEPTION'));
});

describe('the device id', () => {
  it('is the same after a reload, another in a duplicated tab', async () => {
    const environment = { ...browserEnvironment(), sessionStorage: memoryStorage() };
    const first = await deviceId(environment);
    const copy = memoryStorage();
    copy.setItem('cometchat-call:device', first);
    expect(await deviceId({ ...environment, sessionStorage: copy })).not.to.equal(first);
    expect(await deviceId(environment), 'asked again').to.equal(first);
    const reloaded = memoryStorage();
    reloaded.setItem('cometchat-call:device', first);
    expect(await deviceId({ ...environment, sessionStorage: reloaded, locks: undefined })).to.equal(first);
  });

  it('survives without storage', async () => {
    const full = {
      ...memoryStorage(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(await deviceId({ ...browserEnvironment(), sessionStorage: full })).to.be.a('string');
  });
});
