import { expect } from '@open-wc/testing';
import { CometChatCalls } from '../../src/facade/comet-chat-calls.js';
import { elementSettings } from '../../src/facade/session/start-options.js';
import { settingsRule } from '../../src/element/call/settings-rule.js';
import { defaultSettings } from '../../src/settings/setting-rows.js';
import { calls426 } from '../fakes/facade/cometchat-shapes.js';
import { unreachableCallToken } from '../fakes/facade/unreachable-call-token.js';

const { PresenterSettings, PresenterSettingsBuilder } = CometChatCalls;

describe('a presentation of the SDK', () => {
  it('has the settings of a call, and who presents', () => {
    const watching = new PresenterSettingsBuilder().showEndCallButton(false).build();
    expect(watching).to.be.instanceOf(PresenterSettings);
    expect([watching.getMode(), watching.getIsPresenter()]).to.deep.equal(['PRESENTER', false]);
    expect(watching.isEndCallButtonEnabled()).to.equal(false);
    expect(elementSettings(watching.getChoices()).presentation).to.equal('viewer');
    const presenting = new PresenterSettingsBuilder().setIsPresenter(true).build();
    expect(presenting.getIsPresenter()).to.equal(true);
    expect(elementSettings(presenting.getChoices())).to.include({
      presentation: 'presenter',
      mode: 'DEFAULT',
    });
  });

  it('has no layout to choose, as in CometChat’s SDK', () => {
    expect('setMode' in new PresenterSettingsBuilder()).to.equal(false);
    expect('setMode' in new CometChatCalls.CallSettingsBuilder()).to.equal(true);
  });

  it('has the defaults of a call, but for the layout and the idle period', () => {
    const built = new PresenterSettingsBuilder().build();
    const ofCall = new CometChatCalls.CallSettingsBuilder().build();
    for (const getter of calls426.callSettingsGetters) {
      const expected = getter === 'getMode' ? 'PRESENTER' : ofCall[getter]();
      expect(built[getter](), getter).to.deep.equal(getter === 'getIdleTimeoutPeriod' ? undefined : expected);
    }
    expect(elementSettings(built.getChoices()).idleTimeoutPeriod, 'what the call does').to.equal(180);
    const chosen = new PresenterSettingsBuilder().setIdleTimeoutPeriod(240).build();
    expect(chosen.getIdleTimeoutPeriod()).to.equal(240);
    expect(elementSettings(chosen.getChoices()).idleTimeoutPeriod).to.equal(240);
  });

  it('is not joined with the settings of a call', async () => {
    const settings = new CometChatCalls.CallSettingsBuilder().build() as InstanceType<
      typeof PresenterSettings
    >;
    const refused = await CometChatCalls.joinPresentation(
      unreachableCallToken(),
      settings,
      document.body,
    ).then(
      () => '',
      (error: { code: string }) => error.code,
    );
    expect(refused).to.equal('INVALID_PRESENTER_SETTINGS');
  });

  it('a viewer has nothing that sends, by setting or by the role in the token', async () => {
    const connectionOf = (role?: string) =>
      ({
        signaling: 'server',
        serverUrl: '',
        encrypted: false,
        token: `x.${btoa(JSON.stringify({ data: { user: { role } } }))}.x`,
      }) as const;
    for (const [settings, role] of [
      [{ ...defaultSettings, presentation: 'viewer' as const }, undefined],
      [defaultSettings, 'viewer'],
      [{ ...defaultSettings, presentation: 'presenter' as const }, 'viewer'],
    ] as const)
      expect((await settingsRule(connectionOf(role), settings))(settings)).to.include({
        ...{ presentation: 'viewer', startWithAudioMuted: true, startWithVideoMuted: true },
        ...{ showMuteAudioButton: false, showPauseVideoButton: false, showScreenShareButton: false },
        ...{ showRecordingButton: false, startRecordingOnCallStart: false, showParticipantListButton: false },
      });
    const rule = await settingsRule(connectionOf('moderator'), defaultSettings);
    expect(rule(defaultSettings)).to.equal(defaultSettings);
  });
});
