import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../../src/index.js';
import '../../../src/phone.js';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import { settingsOf } from '../../../src/element/host/setting-properties.js';
import { settingNames, settingRows } from '../../../src/settings/setting-rows.js';

/** Parsed, as a page that comes from a server is: HTML makes lower case of every attribute's name. */
function parsed<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: string,
): HTMLElementTagNameMap[Tag] {
  const place = document.createElement('div');
  document.body.append(place);
  place.innerHTML = `<${tag} ${attributes}></${tag}>`;
  return place.firstElementChild as HTMLElementTagNameMap[Tag];
}
const call = (attributes: string): CometChatCall => parsed('cometchat-call', attributes);

afterEach(() => document.body.replaceChildren());

describe('attributes of <cometchat-call>', () => {
  for (const name of settingNames.filter((each) => settingRows[each].kind === 'switch')) {
    const { defaultValue, attribute } = settingRows[name];
    it(`${name} is switched by its name in camel case, by its kebab-case and snake-case names, and by the property`, () => {
      const text = defaultValue ? 'false' : '';
      expect(settingsOf(call(`${name}="${text}"`))[name], name).to.equal(!defaultValue);
      const snakeCase = attribute.replaceAll('-', '_');
      for (const each of [attribute, snakeCase])
        expect(settingsOf(call(`${each}="${text}"`))[name], each).to.equal(!defaultValue);
      for (const value of ['false', false, 0, 'OFF'])
        expect(settingsOf(Object.assign(call(''), { [name]: value }))[name], String(value)).to.equal(false);
      for (const value of ['true', true, 1, ''])
        expect(settingsOf(Object.assign(call(''), { [name]: value }))[name], String(value)).to.equal(true);
    });
  }

  it('understand the names of properties also for the connection', () => {
    const { serverUrl, sessionId, userName } = call(
      'serverUrl="https://a.example" sessionId="x" userName="Ada"',
    );
    expect([serverUrl, sessionId, userName]).to.deep.equal(['https://a.example', 'x', 'Ada']);
  });

  it('follow a name in lower case that comes later, changes and goes', () => {
    const element = call('');
    element.setAttribute('startwithaudiomuted', '');
    expect(element.startWithAudioMuted).to.equal(true);
    element.setAttribute('startwithaudiomuted', 'false');
    expect(element.startWithAudioMuted).to.equal(false);
    element.setAttribute('startwithaudiomuted', 'true');
    element.removeAttribute('startwithaudiomuted');
    expect(element.startWithAudioMuted).to.equal(false);
  });

  for (const name of [
    ':start-with-audio-muted="muted"',
    'v-bind:start-with-audio-muted="muted"',
    '[startWithAudioMuted]="muted"',
    '.startWithAudioMuted="${muted}"',
    '?start-with-audio-muted="${muted}"',
  ])
    it(`keep the microphone off while a framework has not read ${name}`, () => {
      const element = call(`${name} start-with-audio-muted="false"`);
      expect(settingsOf(element)).to.include({ startWithAudioMuted: true, startWithVideoMuted: false });
      for (const each of element.getAttributeNames()) element.removeAttribute(each);
      expect(settingsOf(element).startWithAudioMuted).to.equal(false);
    });

  for (const order of [
    'startWithAudioMuted start-with-audio-muted="false"',
    'start-with-audio-muted="false" startWithAudioMuted',
  ])
    it(`count in kebab-case where there are both: ${order}`, () => {
      const element = call(order);
      expect(element.startWithAudioMuted).to.equal(false);
      element.removeAttribute('start-with-audio-muted');
      expect(element.startWithAudioMuted).to.equal(true);
    });

  for (const [name, names] of [
    ['startWithAudioMuted', ['muted', 'audio-muted', 'start-muted', 'start-audio-muted', 'startAudioMuted']],
    ['startWithVideoMuted', ['video-muted', 'video-paused', 'start-video-paused', 'startVideoPaused']],
  ] as const)
    for (const other of names)
      it(`${other} means ${name}: a spelling never turns on camera or microphone`, () => {
        const element = call(other);
        expect(settingsOf(element)[name]).to.equal(true);
        element.removeAttribute(other);
        expect(settingsOf(element)[name]).to.equal(false);
        expect(settingsOf(call(`${other}="false"`))[name]).to.equal(false);
        const property = other.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
        expect(settingsOf(Object.assign(call(''), { [property]: true }))[name]).to.equal(true);
        for (const off of [false, 'false', null, undefined])
          expect(settingsOf(Object.assign(call(''), { [property]: off }))[name]).to.equal(false);
      });

  it('are written by a property of the same name, which React 19 sets for `false`', () => {
    const element = call('') as CometChatCall & { 'show-end-call-button'?: unknown };
    expect('show-end-call-button' in element).to.equal(true);
    element['show-end-call-button'] = false;
    expect(element.getAttribute('show-end-call-button')).to.equal('false');
    expect(element.showEndCallButton).to.equal(false);
    element['show-end-call-button'] = true;
    expect(element.showEndCallButton).to.equal(true);
    element['show-end-call-button'] = 'false';
    expect(element.showEndCallButton).to.equal(false);
    element['show-end-call-button'] = undefined;
    expect(element.hasAttribute('show-end-call-button')).to.equal(false);
    expect(element.showEndCallButton).to.equal(true);
  });

  it('are not written for a theme that was never set: the tag stays as the server rendered it', async () => {
    const element = call('');
    await element.updateComplete;
    expect(element.hasAttribute('theme')).to.equal(false);
    element.theme = 'dark';
    await element.updateComplete;
    expect(element.getAttribute('theme')).to.equal('dark');
    element.removeAttribute('theme');
    expect(element.theme).to.equal('');
  });

  it('say `broadcast` in any case', async () => {
    const element = call(
      'signaling=" Broadcast " session-id="any-case" user-name="Ada" startwithaudiomuted startwithvideomuted',
    );
    const joined = new Promise((resolve) => element.addEventListener('cometchat-session-joined', resolve));
    await joined;
    element.endSession();
  });
});

describe('attributes of the other elements', () => {
  it('read the switches of <cometchat-incoming-call> in the same way', () => {
    expect(parsed('cometchat-incoming-call', 'call-waiting="false"').callWaiting).to.equal(false);
    expect(parsed('cometchat-incoming-call', 'call-waiting="OFF"').callWaiting).to.equal(false);
    expect(parsed('cometchat-incoming-call', 'callWaiting').callWaiting).to.equal(true);
    expect(parsed('cometchat-incoming-call', 'hideMissedCalls="true"').hideMissedCalls).to.equal(true);
    expect(parsed('cometchat-incoming-call', 'ringTone="none"').ringTone).to.equal('none');
  });

  for (const action of ['start-session', 'Start-Session', 'startSession', ' --start-session '])
    it(`let <cometchat-call-button> do "${action}"`, async () => {
      const page = await fixture<HTMLElement>(
        html`<div>
          <cometchat-call></cometchat-call>
          <cometchat-call-button action=${action}></cometchat-call-button>
        </div>`,
      );
      const commands: unknown[] = [];
      page.querySelector('cometchat-call')?.addEventListener('command', (event) => {
        commands.push((event as Event & { readonly command?: string }).command);
      });
      const button = page.querySelector('cometchat-call-button')?.renderRoot.querySelector('button');
      // It is disabled until its actions are loaded.
      await waitUntil(() => button?.disabled === false);
      button?.click();
      expect(commands).to.deep.equal(['--start-session']);
    });
});
