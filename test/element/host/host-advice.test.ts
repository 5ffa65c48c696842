import { expect } from '@open-wc/testing';
import '../../../src/index.js';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import { adviseHost } from '../../../src/element/host/advice/host-advice.js';
import { needsAdvice } from '../../../src/element/host/advice/advice-check.js';
import { waitUntil } from '../../harness/wait-until.js';

const warn = console.warn;
let warnings: string[] = [];
let lifetime = new AbortController();

beforeEach(() => {
  warnings = [];
  lifetime = new AbortController();
  console.warn = (...words: unknown[]): void => void warnings.push(words.join(' '));
});
afterEach(() => {
  console.warn = warn;
  lifetime.abort();
  document.body.replaceChildren();
});

function markedUp(markup: string): CometChatCall {
  const place = document.createElement('div');
  document.body.append(place);
  place.innerHTML = markup;
  return place.querySelector('cometchat-call') as CometChatCall;
}
const advised = (markup: string): CometChatCall => {
  const host = markedUp(markup);
  expect(needsAdvice(host), 'it is looked at closely').to.equal(true);
  adviseHost(host, lifetime);
  return host;
};
const roomy = 'style="width: 400px; height: 300px"';

describe('advice to the developer of the page', () => {
  it('is not needed for what is written as the documents say', () => {
    const host = markedUp(
      `<cometchat-call ${roomy} id="a" class="b" data-x="1" aria-label="c" token="" server-url="https://x.example" audio-only
        show-end-call-button="false" mode="spotlight" idle-timeout-period="60" background-blur lobby="true"></cometchat-call>`,
    );
    expect(needsAdvice(host)).to.equal(false);
  });

  for (const [property, value, expected] of [
    ['theme', 'pink', 'theme="pink" is not one of auto, light, dark: "auto" is used.'],
    ['signaling', 'tabs', 'signaling="tabs" is not one of server, broadcast: "server" is used.'],
    ['mode', 'mosaic', 'mode="mosaic" is not one of'],
    ['audioOnly', 'perhaps', 'audio-only="perhaps" is not "true" or "false": true is used.'],
  ] as const)
    it(`is given for the property ${property}, too`, () => {
      const host = markedUp(`<cometchat-call ${roomy}></cometchat-call>`);
      expect(needsAdvice(host)).to.equal(false);
      Object.assign(host, { [property]: value });
      expect(needsAdvice(host), 'it is looked at closely').to.equal(true);
      adviseHost(host, lifetime);
      adviseHost(host, lifetime);
      expect(warnings.filter((each) => each.includes(expected))).to.have.length(1);
    });

  it('is not needed for a theme and a signaling in capital letters', () => {
    const host = markedUp(`<cometchat-call ${roomy} theme="DARK" signaling="Broadcast"></cometchat-call>`);
    expect(needsAdvice(host)).to.equal(false);
  });

  for (const [attribute, expected] of [
    ['startwithvideomuted', 'the attribute "startwithvideomuted" is read as start-with-video-muted'],
    ['start-with-audio-mute', 'Did you mean start-with-audio-muted?'],
    ['start-audio-muted', 'the attribute "start-audio-muted" is read as start-with-audio-muted'],
    ['startvideopaused', 'the attribute "startvideopaused" is read as start-with-video-muted'],
    ['show_end_call_button="false"', 'is read as show-end-call-button; write it that way.'],
    ['muted', 'the attribute "muted" is read as start-with-audio-muted'],
    [
      'mode="grid"',
      'mode="grid" is not one of DEFAULT, TILE, SPOTLIGHT, SIDEBAR, SINGLE: "DEFAULT" is used.',
    ],
    [
      'idle-timeout-period="3 min"',
      'idle-timeout-period="3 min" is not a number that it can be: 180 is used.',
    ],
    ['background-blur="strong"', 'background-blur="strong" is not a number that it can be: 50 is used.'],
    ['background-blur="150"', 'background-blur="150" is not a number that it can be: 99 is used.'],
    ['theme="purple"', 'theme="purple" is not one of auto, light, dark: "auto" is used.'],
    ['signaling="brodcast"', 'signaling="brodcast" is not one of server, broadcast: "server" is used.'],
    ['audio-only="maybe"', 'audio-only="maybe" is not "true" or "false": true is used.'],
  ] as const)
    it(`names what was meant by ${attribute}, once`, () => {
      const host = advised(`<cometchat-call ${roomy} ${attribute}></cometchat-call>`);
      adviseHost(host, lifetime);
      expect(warnings.filter((each) => each.includes(expected))).to.have.length(1);
      expect(warnings).to.have.length(1);
    });

  for (const attribute of [
    'bis_skin_checked="1"',
    'v-cloak',
    ':token="token"',
    'popover',
    'show-mode-button="off"',
    'background-blur="on"',
    'background-blur="no"',
  ])
    it(`says nothing of ${attribute}`, () => {
      adviseHost(markedUp(`<cometchat-call ${roomy} ${attribute}></cometchat-call>`), lifetime);
      expect(warnings).to.deep.equal([]);
    });

  it('names a value that a property cannot have', () => {
    const host = markedUp(`<cometchat-call ${roomy}></cometchat-call>`);
    Object.assign(host, { avatarMode: 'triangle' });
    adviseHost(host, lifetime);
    expect(warnings.join()).to.include('avatar-mode="triangle" is not one of circle, square, fullscreen');
  });

  for (const [markup, style] of [
    ['<div style="width: 0"><cometchat-call></cometchat-call></div>', '"min-width: 300px"'],
    ['<div style="height: 50px"><cometchat-call></cometchat-call></div>', '"min-height: 200px"'],
    ['<cometchat-call style="display: inline"></cometchat-call>', '"display: block"'],
    ['<cometchat-call style="display: contents"></cometchat-call>', '"display: block"'],
  ] as const)
    it(`names the style that is missing in ${markup}`, async () => {
      advised(markup);
      await waitUntil(() => warnings.length > 0);
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.include(style);
    });

  it('waits until a call that is not shown yet is shown', async () => {
    const host = advised('<div hidden style="width: 2px"><cometchat-call></cometchat-call></div>');
    const shown = markedUp('<div style="width: 1px"><cometchat-call></cometchat-call></div>');
    adviseHost(shown, lifetime);
    await waitUntil(() => warnings.length === 1);
    expect(warnings[0]).to.include('it is 1 x');
    host.parentElement?.removeAttribute('hidden');
    await waitUntil(() => warnings.length === 2);
    expect(warnings[1]).to.include('it is 2 x');
  });
});
