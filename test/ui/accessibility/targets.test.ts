import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import '../../../src/ui/view/call-view.js';
import '../../../src/ui/lobby/lobby.js';
import '../../../src/ui/menu/menu.js';
import '../../../src/ui/notices/idle-warning.js';
import '../../../src/ui/notices/notice-list.js';
import '../../../src/ui/participants/participant-panel.js';
import { after, callOf, someDevices } from '../../fakes/ui/call-states.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { galleryStates } from '../../fakes/ui/gallery-states.js';
import { ringCards, shownRing } from '../../fakes/ui/ring-cards.js';
import { spyCommands } from '../../fakes/ui/spy-commands.js';
import { situationIn } from '../../harness/situation.js';
import { framed, nextFrame, unframe } from '../../harness/framed.js';
import { defaultSettings } from '../../../src/settings/setting-rows.js';
import { words } from '../../../src/ui/words/words.js';
import { idle, type CallState } from '../../../src/domain/call/call-state.js';

const least = 44;
const pressable = 'button, a[href], input, select, [role^=menuitem], [role=button]';

/** Everything that can be pressed, in every shadow tree. */
function targets(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('*')].flatMap((one) => [
    ...(one.matches(pressable) && one.checkVisibility({ visibilityProperty: true }) ? [one] : []),
    ...(one.shadowRoot ? targets(one.shadowRoot) : []),
  ]);
}

/** A field is pressed with its label; where the box is drawn by what is around it, that is what is pressed. */
function hitBox(target: HTMLElement): DOMRect {
  const label = target.closest('label') ?? (target.matches('input') ? target.parentElement : null);
  return (label ?? target).getBoundingClientRect();
}

/** `mute-audio 40x44` for whatever is too small. */
function tooSmall(root: ParentNode): string[] {
  return targets(root).flatMap((target) => {
    const { width, height } = hitBox(target);
    if (width >= least - 0.01 && height >= least - 0.01) return [];
    return [
      `${target.getAttribute('part') ?? target.getAttribute('aria-label') ?? target.outerHTML.slice(0, 80)} ${width}x${height}`,
    ];
  });
}

/** Of several windows one has the focus, and where it is shows in that one alone. */
async function focusWindow(): Promise<void> {
  for (const end = performance.now() + 10_000; !document.hasFocus() && performance.now() < end;)
    await executeServerCommand('bring-to-front');
}

/** Whatever the keyboard reaches without its showing: a line of two pixels at least, around it or around its box. */
async function unseenFocus(root: ParentNode): Promise<string[]> {
  await focusWindow();
  return targets(root).flatMap((target) => {
    target.focus();
    if ((target.getRootNode() as Document | ShadowRoot).activeElement !== target) return [];
    const around = target.matches('input') ? [target, target.parentElement] : [target];
    const seen = around.some((each) => {
      const { outlineStyle, outlineWidth } = each
        ? getComputedStyle(each)
        : { outlineStyle: 'none', outlineWidth: '0' };
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    });
    return seen ? [] : [target.getAttribute('aria-label') ?? target.outerHTML.slice(0, 80)];
  });
}

async function show(state: CallState, width: number, target?: string): Promise<HTMLElement> {
  const view = Object.assign(document.createElement('cometchat-call-view'), {
    state,
    commands: spyCommands().commands,
    media: new FakeCallMedia(),
    settings: { ...defaultSettings, showRecordingButton: true },
  });
  await framed(view, { width, height: 640 });
  const frame = view.parentElement;
  if (target && frame) frame.style.setProperty('--cometchat-target', target);
  await nextFrame();
  await nextFrame();
  return view;
}

describe('what is pressed', () => {
  afterEach(unframe);

  for (const width of [320, 1280])
    for (const [name, situation] of Object.entries(galleryStates))
      it(`is at least ${least} pixels wide and high, and shows the focus: ${name}, ${width} px`, async () => {
        const view = await situationIn(situation, words, { width, height: 640 });
        expect(tooSmall(view.shadowRoot ?? view)).to.eql([]);
        expect(await unseenFocus(view.shadowRoot ?? view)).to.eql([]);
      });

  for (const name of Object.keys(ringCards))
    it(`is at least ${least} pixels wide and high, and shows the focus: a ring card, ${name}`, async () => {
      const { renderRoot } = await shownRing(name, words);
      expect(targets(renderRoot)).not.to.be.empty;
      expect(tooSmall(renderRoot)).to.eql([]);
      expect(await unseenFocus(renderRoot)).to.eql([]);
      for (const ring of document.querySelectorAll('test-ring-card')) ring.remove();
    });

  it('shows where the focus is only where it does', async () => {
    const view = await show(callOf(2), 1280);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(':focus-visible { outline: none !important; }');
    const bar = view.shadowRoot?.querySelector('cometchat-call-controls')?.shadowRoot;
    bar?.adoptedStyleSheets.push(sheet);
    expect(await unseenFocus(bar ?? view)).not.to.be.empty;
  });

  it('is found by this test at all', async () => {
    const view = await show(callOf(2), 1280);
    expect(targets(view.shadowRoot ?? view).length).to.be.greaterThan(7);
  });

  it('stays that large where the page asks for smaller buttons', async () => {
    const view = await show(callOf(2), 320, '1rem');
    expect(tooSmall(view.shadowRoot ?? view)).to.eql([]);
  });

  it('fits into the bar where the page asks for larger ones', async () => {
    const view = await show(callOf(2), 320, '4rem');
    const outside = targets(view.shadowRoot ?? view).filter((one) => {
      const { left, right } = one.getBoundingClientRect();
      const frame = view.getBoundingClientRect();
      return left < frame.left || right > frame.right;
    });
    expect(outside.map((one) => one.getAttribute('part'))).to.eql([]);
  });

  for (const width of [320, 640])
    it(`is in view in the list of participants, ${width} px`, async () => {
      const view = await show(callOf(4, { facts: [{ type: 'participant-list-shown', on: true }] }), width);
      const panel = view.shadowRoot?.querySelector('cometchat-call-participants')?.getBoundingClientRect();
      expect(panel?.width).to.be.within(width - 40, width);
    });

  for (const id of ['more', 'audio-mode'])
    it(`is large enough in the menu ${id}`, async () => {
      const view = await show(callOf(2), id === 'more' ? 320 : 1280);
      const controls = view.shadowRoot?.querySelector('cometchat-call-controls');
      controls?.shadowRoot?.querySelector<HTMLElement>(`[data-control='${id}']`)?.click();
      await nextFrame();
      const menu = controls?.shadowRoot?.querySelector('cometchat-call-menu:popover-open')?.shadowRoot;
      expect(menu, 'opens').to.exist;
      if (!menu) return;
      expect(targets(menu)).not.to.be.empty;
      expect(tooSmall(menu)).to.eql([]);
    });

  it('is large enough in the lobby', async () => {
    const state = after(idle, { type: 'devices-changed', devices: someDevices });
    const lobby = Object.assign(document.createElement('cometchat-call-lobby'), {
      state,
      name: 'Ada',
      commands: spyCommands().commands,
      media: new FakeCallMedia(),
    });
    await framed(lobby, { width: 320, height: 700 });
    expect(targets(lobby.renderRoot)).not.to.be.empty;
    expect(tooSmall(lobby.renderRoot)).to.eql([]);
  });
});
