import '../../src/ui/view/call-view.js';
import '../../src/ui/lobby/lobby.js';
import '../../src/ui/menu/menu.js';
import '../../src/ui/notices/idle-warning.js';
import '../../src/ui/notices/notice-list.js';
import '../../src/ui/participants/participant-panel.js';
import type { CallView } from '../../src/ui/view/call-view.js';
import type { CallTile } from '../../src/ui/tile/tile.js';
import { showBackgrounds } from '../../src/element/call/backgrounds.js';
import type { SettingProperties } from '../../src/element/host/setting-properties.js';
import { isActive } from '../../src/domain/call/call-state.js';
import { openShortcutHelp } from '../../src/ui/controls/shortcut-help.js';
import { hintWords } from '../../src/ui/notices/hint-words.js';
import { defaultSettings, type CallSettings } from '../../src/settings/setting-rows.js';
import type { Words } from '../../src/ui/words/words.js';
import { FakeCallMedia } from '../fakes/ui/fake-call-media.js';
import type { Situation } from '../fakes/ui/gallery-states.js';
import { spyCommands } from '../fakes/ui/spy-commands.js';
import { framed, nextFrame, type FrameOptions } from './framed.js';
import { within } from './within.js';

/** An interface without a call yet; every button that there is can show. */
export function emptyView(): CallView {
  const media = new FakeCallMedia();
  const { commands } = spyCommands();
  const settings = { ...defaultSettings, showRecordingButton: true, pushToTalk: true };
  const view: CallView = Object.assign(document.createElement('cometchat-call-view'), {
    media,
    commands,
    settings,
    lobby: () =>
      Object.assign(document.createElement('cometchat-call-lobby'), {
        ...{ state: view.state, media, words: view.words, name: 'Ada Lovelace', commands },
        settings: view.settings,
      }),
  });
  return view;
}

/** Brings an interface into a situation, in some words, and opens what is to be open. */
export async function showSituation(view: CallView, situation: Situation, words: Words): Promise<void> {
  Object.assign(view, { state: situation.state(), words });
  await drawn(view);
  if (situation.backgrounds) await openBackgrounds(view, situation.backgrounds);
  if (!isActive(view.state)) return;
  measure(view, situation, words);
  if (situation.open) buttonOf(view, situation.open)?.click();
  if (situation.help)
    openShortcutHelp(view, { on: true, setEnabled: () => undefined, signal: new AbortController().signal });
  await within(view, 'cometchat-call-shortcuts')?.updateComplete;
  await drawn(view);
}

async function openBackgrounds(view: CallView, settings: Partial<CallSettings>): Promise<void> {
  view.settings = { ...view.settings, ...settings };
  const host = { ...view.settings } as SettingProperties;
  showBackgrounds(true, { host, view, signal: new AbortController().signal });
  await within(view, 'cometchat-call-backgrounds')?.updateComplete;
}

/** What a call finds out by itself. */
function measure(
  view: CallView,
  { hints = [], dropped = [], soundBlocked = false, frozen }: Situation,
  words: Words,
): void {
  const notices = within(view, 'cometchat-call-notices');
  if (notices) Object.assign(notices, { hints, dropped });
  within(view, 'cometchat-call-sound')?.dispatchEvent(
    new CustomEvent('sound-blocked', { detail: soundBlocked }),
  );
  for (const tile of tilesIn(view))
    tile.freezeNotice = tile.model?.participant.id === frozen ? hintWords(words).videoFrozen() : '';
}

/** Every tile on the stage. */
export function tilesIn(view: CallView): readonly CallTile[] {
  const stage = within(view, 'cometchat-call-stage');
  return [...(stage?.renderRoot.querySelectorAll('cometchat-call-tile') ?? [])];
}

/** The button of a control, or "more" where there is no room for it. */
function buttonOf(view: CallView, open: string): HTMLElement | null | undefined {
  if (open === 'tile') return tilesIn(view)[0]?.renderRoot.querySelector<HTMLElement>('.options');
  const controls = within(view, 'cometchat-call-controls');
  const button = (id: string): HTMLElement | null =>
    controls ? within(controls, `[data-control='${id}']`) : null;
  return button(open) ?? button('more');
}

/** A new interface in a frame of a size, in a situation. */
export async function situationIn(
  situation: Situation,
  words: Words,
  options: FrameOptions,
): Promise<CallView> {
  const view = await framed(emptyView(), options);
  await showSituation(view, situation, words);
  return view;
}

async function drawn(view: CallView): Promise<void> {
  await view.updateComplete;
  await nextFrame();
  await view.updateComplete;
  await nextFrame();
}
