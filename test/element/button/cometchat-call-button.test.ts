import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import type { CometChatCallButton } from '../../../src/element/button/cometchat-call-button.js';
import { waitUntil } from '../../harness/wait-until.js';

/** A call between the tabs of one browser: no server is needed. */
async function callWith(content: unknown): Promise<{ call: CometChatCall; page: HTMLElement }> {
  const page = await fixture<HTMLElement>(html`<div>${content}</div>`);
  const call = document.createElement('cometchat-call');
  call.id = 'standup';
  Object.assign(call, { signaling: 'broadcast', sessionId: `button-${Math.random()}`, userName: 'Ada' });
  page.append(call);
  return { call, page };
}

const inner = (button: CometChatCallButton): HTMLButtonElement =>
  button.renderRoot.querySelector('button') as HTMLButtonElement;
const button = (page: HTMLElement, action: string): CometChatCallButton =>
  page.querySelector(`[action="${action}"]`) as CometChatCallButton;

const untilEnabled = (one: CometChatCallButton): Promise<void> =>
  waitUntil(() => !inner(one).disabled, 'the button can be pressed', { timeout: 10_000 });

afterEach(() => document.querySelector('cometchat-call')?.endSession());

describe('<cometchat-call-button>', () => {
  it('whose action does not exist says so when it is pressed', async () => {
    const warn = console.warn;
    const warnings: string[] = [];
    console.warn = (...words: unknown[]): void => void warnings.push(words.join(' '));
    try {
      const { page } = await callWith(
        html`<cometchat-call-button action="mute-audoi">Mute</cometchat-call-button>`,
      );
      const wrong = button(page, 'mute-audoi');
      await untilEnabled(wrong);
      inner(wrong).click();
      await waitUntil(() => warnings.length > 0, 'something is said', { timeout: 10_000 });
      expect(warnings).to.deep.equal(['<cometchat-call>: there is no command "--mute-audoi".']);
    } finally {
      console.warn = warn;
    }
  });

  it('can be pressed once its call is joined, and does what the call’s own button does', async () => {
    const { call, page } = await callWith(
      html`<cometchat-call-button for="standup" action="mute-audio">Mute</cometchat-call-button>`,
    );
    const mute = button(page, 'mute-audio');
    await mute.updateComplete;
    expect(inner(mute).disabled).to.equal(true);
    expect(mute.matches(':state(disabled)')).to.equal(true);
    await untilEnabled(mute);
    await waitUntil(() => call.callState.local.microphone.actual);
    await mute.updateComplete;
    expect(inner(mute).getAttribute('aria-pressed')).to.equal('false');
    inner(mute).click();
    await waitUntil(() => call.matches(':state(audio-muted)'), 'muted', { timeout: 10_000 });
    await mute.updateComplete;
    expect(inner(mute).getAttribute('aria-pressed')).to.equal('true');
    expect(mute.matches(':state(pressed)')).to.equal(true);
    // Another way to switch reaches the button, too; as text, as it comes from an attribute.
    call.muteAudio('false' as never);
    await waitUntil(() => inner(mute).getAttribute('aria-pressed') === 'false');
  });

  it('without `for` belongs to the first call of the page', async () => {
    const { page } = await callWith(
      html`<cometchat-call-button action="raise-hand">Hand</cometchat-call-button>`,
    );
    const hand = button(page, 'raise-hand');
    await untilEnabled(hand);
    inner(hand).click();
    await waitUntil(() => inner(hand).getAttribute('aria-pressed') === 'true');
  });

  it('ends a call, and starts it again', async () => {
    const { call, page } = await callWith(html`
      <cometchat-call-button for="standup" action="end-session">Leave</cometchat-call-button>
      <cometchat-call-button for="standup" action="start-session">Join</cometchat-call-button>
    `);
    const [leave, join] = [button(page, 'end-session'), button(page, 'start-session')];
    await untilEnabled(leave);
    await waitUntil(() => inner(join).disabled);
    inner(leave).click();
    await untilEnabled(join);
    expect(call.callState.phase).to.equal('ended');
    inner(join).click();
    await untilEnabled(leave);
  });

  it('is of no use for what cannot be done now', async () => {
    const { page } = await callWith(html`
      <cometchat-call-button for="standup" action="switch-to-video-call">Video</cometchat-call-button>
      <cometchat-call-button for="standup" action="stay">Stay</cometchat-call-button>
      <cometchat-call-button for="standup" action="raise-hand">Hand</cometchat-call-button>
    `);
    await untilEnabled(button(page, 'raise-hand'));
    // This is a video call already: no question about staying.
    expect(inner(button(page, 'switch-to-video-call')).disabled).to.equal(true);
    expect(inner(button(page, 'stay')).disabled).to.equal(true);
  });

  it('shows another label while it is pressed, if it is given one; then it is not "pressed" as well', async () => {
    const { page } = await callWith(html`
      <cometchat-call-button for="standup" action="raise-hand">
        Raise <span slot="pressed">Lower</span>
      </cometchat-call-button>
    `);
    const hand = button(page, 'raise-hand');
    const lower = hand.querySelector('span') as HTMLElement;
    await untilEnabled(hand);
    expect(lower.checkVisibility()).to.equal(false);
    inner(hand).click();
    await waitUntil(() => lower.checkVisibility());
    expect(inner(hand).hasAttribute('aria-pressed')).to.equal(false);
  });

  it('without a call it waits; that of another call it leaves alone', async () => {
    const { page } = await callWith(
      html`<cometchat-call-button for="none" action="mute-audio">Mute</cometchat-call-button>`,
    );
    const mute = button(page, 'mute-audio');
    await waitUntil(() => document.querySelector('cometchat-call')?.matches(':state(active)'), 'active', {
      timeout: 10_000,
    });
    expect(inner(mute).disabled).to.equal(true);
    mute.for = 'standup';
    await untilEnabled(mute);
  });

  it('finds its call in another shadow tree, also one that comes later; the nearest of several', async () => {
    const shadowIn = (page: Element): ShadowRoot =>
      page.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
    const page = await fixture<HTMLElement>(html`<div></div>`);
    const [toolbar, stage] = [shadowIn(page), shadowIn(page)];
    const starts = document.createElement('cometchat-call-button');
    starts.action = 'start-session';
    toolbar.append(starts);
    await starts.updateComplete;
    expect(inner(starts).disabled).to.equal(true);
    const call = document.createElement('cometchat-call');
    stage.append(call);
    await untilEnabled(starts);
    call.remove();
    await waitUntil(() => inner(starts).disabled, 'disabled without its call');
    const nearer = document.createElement('cometchat-call');
    toolbar.append(nearer);
    stage.append(call);
    let started = 0;
    nearer.addEventListener('command', () => (started += 1));
    await untilEnabled(starts);
    inner(starts).click();
    expect(started).to.equal(1);
  });

  it('may have any property value that a framework sets', async () => {
    const { page } = await callWith(html`<cometchat-call-button for="standup"></cometchat-call-button>`);
    const one = page.querySelector('cometchat-call-button')!;
    await untilEnabled(one);
    for (const action of [null, undefined, 5, 'raise-hand']) {
      one.action = action as string;
      await one.updateComplete;
    }
    inner(one).click();
    await waitUntil(() => inner(one).getAttribute('aria-pressed') === 'true');
  });

  it('is accessible', async () => {
    const { page } = await callWith(
      html`<cometchat-call-button for="standup" action="mute-audio">Mute</cometchat-call-button>`,
    );
    await untilEnabled(button(page, 'mute-audio'));
    await expect(button(page, 'mute-audio')).to.be.accessible();
  });
});
