import { expect, fixture, html } from '@open-wc/testing';
import { render } from 'lit';
import { phone, phoneDown } from '../../../src/ui/base/icons/icons.js';
import { PortableElement } from '../../../src/ui/base/portable-element.js';
import { base, pill } from '../../../src/ui/base/styles/base.styles.js';
import { ringCard, type RingCard } from '../../../src/ui/ring/ring-card.js';
import { ringCardStyles } from '../../../src/ui/ring/ring-card.styles.js';
import { playTone, ringTones } from '../../../src/ui/ring/ring-tone.js';
import { tokens } from '../../../src/ui/base/styles/tokens.styles.js';

class Card extends PortableElement {
  static override styles = [tokens, base, pill, ringCardStyles];
  show(card: RingCard): HTMLElement {
    render(ringCard(card), this.renderRoot as ShadowRoot);
    const shown = this.renderRoot.querySelector<HTMLElement>('[part=card]');
    shown?.showPopover();
    return shown as HTMLElement;
  }
  override render() {
    return null;
  }
}
customElements.define('test-ring-card', Card);

function cardOf(more: Partial<RingCard> = {}): RingCard {
  return {
    id: 'ada',
    name: 'Ada Byron',
    avatar: '',
    statusText: 'Incoming video call',
    isRinging: true,
    role: 'alertdialog',
    locale: { tag: 'en', wanted: 'en', dir: '' },
    actions: [
      { name: 'decline', label: 'Decline', icon: phoneDown, busy: false, run: () => undefined },
      { name: 'accept', label: 'Accept', icon: phone, busy: false, run: () => undefined },
    ],
    ...more,
  };
}

describe('the card of a call that rings', () => {
  for (const theme of ['light', 'dark'])
    it(`is accessible when ${theme}`, async function () {
      this.timeout(20_000);
      const element = await fixture<Card>(html`<test-ring-card theme=${theme}></test-ring-card>`);
      const card = element.show(cardOf());
      await Promise.all(card.getAnimations().map(({ finished }) => finished));
      await expect(element).to.be.accessible();
      expect(card.matches(':popover-open')).to.equal(true);
    });

  it('is named after who calls, and says what it is', async () => {
    const element = await fixture<Card>(html`<test-ring-card></test-ring-card>`);
    const card = element.show(cardOf({ name: '<b>Bo</b>' }));
    const root = element.renderRoot as ShadowRoot;
    expect(card.getAttribute('role')).to.equal('alertdialog');
    expect(root.getElementById(card.getAttribute('aria-labelledby') ?? '')?.textContent).to.equal(
      '<b>Bo</b>',
    );
    expect(root.getElementById(card.getAttribute('aria-describedby') ?? '')?.textContent).to.equal(
      'Incoming video call',
    );
  });

  it('does nothing twice while an answer is on its way', async () => {
    const element = await fixture<Card>(html`<test-ring-card></test-ring-card>`);
    let pressed = 0;
    const action = { name: 'accept', label: 'Accept', icon: phone, run: () => (pressed += 1) } as const;
    element
      .show(cardOf({ actions: [{ ...action, busy: false }] }))
      .querySelector('button')
      ?.click();
    const busy = element.show(cardOf({ actions: [{ ...action, busy: true }] })).querySelector('button');
    busy?.click();
    expect(pressed).to.equal(1);
    expect(busy?.getAttribute('aria-disabled')).to.equal('true');
  });

  it('falls back to initials when the picture cannot be loaded', async () => {
    const element = await fixture<Card>(html`<test-ring-card></test-ring-card>`);
    const card = element.show(cardOf({ avatar: 'data:image/png;base64,no' }));
    const picture = card.querySelector('img');
    if (picture) await new Promise((resolve) => picture.addEventListener('error', resolve));
    expect(card.querySelector('img')).to.equal(null);
    expect(card.querySelector('[part=avatar]')?.textContent?.trim()).to.equal('AB');
  });
});

describe('the tone', () => {
  it('fits into its period and is not too loud', () => {
    for (const { period, notes } of Object.values(ringTones)) {
      const end = Math.max(...notes.map(({ at, duration }) => at + duration));
      expect(end).to.be.below(period);
      expect(notes.reduce((sum, { volume }) => Math.max(sum, volume), 0)).to.be.below(0.5);
    }
  });

  it('releases the audio when it ends', async () => {
    const made: AudioContext[] = [];
    const Original = window.AudioContext;
    window.AudioContext = class extends Original {
      constructor() {
        super();
        made.push(this);
      }
    };
    const lifetime = new AbortController();
    playTone('incoming', { signal: lifetime.signal });
    window.AudioContext = Original;
    const [context] = made;
    expect(context).to.not.equal(undefined);
    const closed = new Promise<void>((resolve) =>
      context?.addEventListener('statechange', () => context.state === 'closed' && resolve()),
    );
    lifetime.abort();
    await closed;
    playTone('incoming', { signal: lifetime.signal });
    expect(made).to.have.length(1);
  });
});
