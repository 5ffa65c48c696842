import { expect } from '@open-wc/testing';
import '../../../src/ui/notices/announcer.js';
import '../../../src/ui/notices/notice-list.js';
import { defaultSettings } from '../../../src/settings/setting-rows.js';
import { announcements } from '../../../src/ui/notices/announcements.js';
import { callFailures, type CallErrorCode } from '../../../src/domain/call-error.js';
import type { CallFact } from '../../../src/domain/call/call-facts.js';
import type { ActiveCall, CallState, LocalSource } from '../../../src/domain/call/call-state.js';
import type { Device, DeviceLists } from '../../../src/domain/media/devices.js';
import { words } from '../../../src/ui/words/words.js';
import { after, callOf, participantAt, someDevices } from '../../fakes/ui/call-states.js';
import { spyCommands, type RecordedCommands } from '../../fakes/ui/spy-commands.js';
import { framed, nextFrame, unframe } from '../../harness/framed.js';

async function show(call: ActiveCall) {
  const { commands, recorded } = spyCommands();
  const list = await framed(
    Object.assign(document.createElement('cometchat-call-notices'), { call, commands }),
  );
  const text = (): string => list.renderRoot.textContent ?? '';
  const press = (label: string): void =>
    [...list.renderRoot.querySelectorAll('button')]
      .find(({ textContent, ariaLabel }) => textContent?.trim() === label || ariaLabel === label)!
      .click();
  return { list, given: recorded, text, press };
}

const failing = (source: LocalSource, code: CallErrorCode): ActiveCall =>
  callOf(2, { facts: [{ type: 'media-settled', source, on: false, failure: code }] });

const failures: readonly [LocalSource, CallErrorCode, RegExp, RecordedCommands | null][] = [
  ['camera', 'MEDIA_DENIED', /cannot see you.*Allow it from the address bar/s, ['pauseVideo', false]],
  ['microphone', 'MEDIA_NOT_FOUND', /cannot hear you.*Connect one/s, ['muteAudio', false]],
  ['camera', 'MEDIA_IN_USE', /Close that app/, ['pauseVideo', false]],
  ['camera', 'MEDIA_DENIED_BY_SYSTEM', /privacy settings/, ['pauseVideo', false]],
  ['camera', 'MEDIA_DENIED_BY_PAGE', /owner of the page/, null],
  ['microphone', 'MEDIA_INSECURE', /https/, null],
  ['screen', 'SCREEN_SHARE_UNSUPPORTED', /screen is not being shared.*does not support/s, null],
  ['camera', 'MEDIA_FAILED', /choose another one/, ['pauseVideo', false]],
];

describe('<cometchat-call-notices>', () => {
  afterEach(unframe);

  it('offers the browser’s own permission button where there is one, and only for what the user refused', async function () {
    if (!('HTMLUserMediaElement' in globalThis)) return this.skip();
    const { list, given } = await show(failing('camera', 'MEDIA_DENIED'));
    list.renderRoot.querySelector('usermedia[type=camera]')!.dispatchEvent(new Event('stream'));
    expect(given).to.eql([['pauseVideo', false]]);
    const other = await show(failing('camera', 'MEDIA_IN_USE'));
    expect(other.list.renderRoot.querySelector('usermedia')).not.to.exist;
  });

  for (const [source, code, pattern, retry] of failures)
    it(`says what to do about ${code} of the ${source}`, async () => {
      const { text, press, given, list } = await show(failing(source, code));
      expect(text()).to.match(pattern);
      expect(callFailures[code].retryable).to.equal(retry !== null);
      expect(text().includes('Try again')).to.equal(retry !== null);
      if (retry) press('Try again');
      expect(given).to.eql(retry ? [retry] : []);
      press('Dismiss');
      await nextFrame();
      expect(text().trim()).to.equal('');
      list.call = failing(source, code === 'MEDIA_DENIED' ? 'MEDIA_NOT_FOUND' : 'MEDIA_DENIED');
      await nextFrame();
      expect(text(), 'another cause is another notice').not.to.equal('');
    });

  it('says nothing about a choice of screens that was closed', async () =>
    expect((await show(failing('screen', 'SCREEN_SHARE_CANCELLED'))).text().trim()).to.equal(''));

  it('says that a screen is shared without audio, and never that it is not shared', async () => {
    const fact = {
      type: 'media-settled',
      source: 'screen',
      on: true,
      failure: 'SCREEN_AUDIO_DROPPED',
    } as const;
    const { text } = await show(callOf(2, { facts: [fact] }));
    expect(text()).to.match(/is being shared without audio.*would have heard an echo/s);
    expect(text()).not.to.match(/not being shared|Try again/);
  });

  for (const [label, accept] of [
    ['Accept', true],
    ['Decline', false],
  ] as const)
    it(`lets the user ${label.toLowerCase()} a switch to video`, async () => {
      const { text, press, given } = await show(
        callOf(2, { audioOnly: true, facts: [{ type: 'video-requested', by: 'p1' }] }),
      );
      expect(text()).to.include('Grace Hopper wants to switch to video');
      press(label);
      expect(given).to.eql([['answerVideoRequest', accept]]);
    });

  it('does not ask users to answer their own request', async () => {
    const { list, text } = await show(
      callOf(2, { audioOnly: true, facts: [{ type: 'video-requested', by: 'p0' }] }),
    );
    expect(text()).to.include('Waiting for an answer');
    expect(list.renderRoot.querySelector('button')).not.to.exist;
  });

  const without = (
    list: keyof DeviceLists,
    id: string,
    remaining: readonly Partial<Device>[],
  ): readonly CallFact[] => {
    const devices = someDevices[list].filter(({ deviceId }) => deviceId !== id);
    const left = devices.map((device, index) => ({ ...device, ...remaining[index] }));
    return [{ type: 'devices-changed', devices: { ...someDevices, [list]: left } }];
  };
  const replacements: readonly [string, readonly CallFact[], RegExp | ''][] = [
    [
      'microphone',
      without('audioInputDevices', 'audioinput-0', [{ active: true }]),
      /Built-in microphone was disconnected\s+Headset is used now\./,
    ],
    [
      'speaker, where no other one is said to be used',
      without('audioOutputDevices', 'audiooutput-0', []),
      /Speakers was disconnected\s+System default is used now\./,
    ],
    ['microphone, until another one is open', without('audioInputDevices', 'audioinput-0', []), ''],
    [
      'microphone, when no other one opens',
      [
        ...without('audioInputDevices', 'audioinput-0', [{ active: true }]),
        { type: 'media-settled', source: 'microphone', on: false, failure: 'MEDIA_FAILED' },
      ],
      /^\s*Others cannot hear you(?!.*is used now)/s,
    ],
  ];
  for (const [what, facts, pattern] of replacements)
    it(`tells of a device in use that was disconnected, and what is used now: ${what}`, async () => {
      const call = callOf(2, { facts });
      const { list, text, press } = await show(call);
      if (pattern === '') expect(text().trim()).to.equal('');
      else expect(text()).to.match(pattern);
      if (what === 'microphone' && pattern !== '') {
        expect(list.renderRoot.querySelector('[role=alert]')).to.exist;
        press('Dismiss');
        await nextFrame();
        expect(text().trim()).to.equal('');
        // It is plugged in, chosen and pulled out once more.
        const devices = someDevices;
        list.call = after(call, { type: 'devices-changed', devices }, ...facts) as ActiveCall;
        await nextFrame();
        expect(text()).to.match(pattern);
      }
    });

  it('tells of a recording', async () => {
    const { text } = await show(callOf(2, { participants: { 1: { recording: true } } }));
    expect(text()).to.include('Grace Hopper is recording this call');
  });
});

const updated = (
  id: string,
  changes: Extract<CallFact, { type: 'participant-updated' }>['changes'],
): CallFact => ({
  type: 'participant-updated',
  id,
  changes,
  by: id,
});

const cases: readonly { title: string; facts: readonly CallFact[]; announces: readonly string[] }[] = [
  {
    title: 'two join',
    facts: [
      { type: 'participant-joined', participant: participantAt(3) },
      { type: 'participant-joined', participant: participantAt(4) },
    ],
    announces: ['Katherine Johnson and Linus Pauling joined'],
  },
  { title: 'one leaves', facts: [{ type: 'participant-left', id: 'p2' }], announces: ['Alan Turing left'] },
  {
    title: 'one is muted',
    facts: [updated('p1', { audioMuted: true })],
    announces: ['Grace Hopper is muted'],
  },
  {
    title: 'oneself is muted',
    facts: [updated('p0', { audioMuted: true })],
    announces: ['Your microphone is muted'],
  },
  {
    title: 'a hand',
    facts: [updated('p1', { handRaisedAt: 1 })],
    announces: ['Grace Hopper raised their hand'],
  },
  {
    title: 'a recording',
    facts: [updated('p1', { recording: true })],
    announces: ['Grace Hopper is recording this call'],
  },
  {
    title: 'a shared screen',
    facts: [updated('p1', { screenSharing: true })],
    announces: ['Grace Hopper is sharing their screen'],
  },
  { title: 'a lost connection', facts: [{ type: 'connection-lost' }], announces: ['Reconnecting…'] },
  { title: 'a speaker', facts: [{ type: 'speaker-changed', id: 'p1' }], announces: [] },
  { title: 'a camera', facts: [updated('p1', { videoPaused: true })], announces: [] },
];

describe('announcements', () => {
  const before: CallState = callOf(3);
  for (const { title, facts, announces } of cases)
    it(`${title}: ${announces.join() || 'silence'}`, () =>
      expect(announcements(before, after(before, ...facts), words)).to.eql(announces));

  const important = new Set(['oneself is muted', 'a recording', 'a shared screen', 'a lost connection']);
  for (const { title, facts, announces } of cases)
    it(`${title}, where only what is important is wanted`, () => {
      const now = after(before, ...facts);
      expect(announcements(before, now, words, 'important')).to.eql(important.has(title) ? announces : []);
      expect(announcements(before, now, words, 'none')).to.eql([]);
    });

  it('fall silent where the page wants none', async () => {
    const announcer = document.createElement('cometchat-call-announcer');
    announcer.settings = { ...defaultSettings, announcements: 'none' };
    announcer.call = before;
    await framed(announcer);
    announcer.call = after(before, { type: 'connection-lost' });
    await nextFrame();
    expect(announcer.renderRoot.querySelector('p')).not.to.exist;
    unframe();
  });

  it('are put where screen readers listen, the newest last, and only once', async () => {
    const announcer = document.createElement('cometchat-call-announcer');
    announcer.call = before;
    await framed(announcer);
    announcer.call = after(before, updated('p1', { handRaisedAt: 1 }));
    await nextFrame();
    announcer.call = after(announcer.call, updated('p1', { handRaisedAt: null }));
    announcer.words = { ...words };
    await nextFrame();
    const live = announcer.renderRoot.querySelector('[aria-live=polite]')!;
    expect([...live.querySelectorAll('p')].map(({ textContent }) => textContent)).to.eql([
      'Grace Hopper raised their hand',
      'Grace Hopper lowered their hand',
    ]);
    unframe();
  });
});
