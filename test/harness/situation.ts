import '../../src/ui/call-view.js';
import '../../src/ui/lobby/lobby.js';
import '../../src/ui/menu/menu.js';
import '../../src/ui/notices/idle-warning.js';
import '../../src/ui/notices/notice-list.js';
import '../../src/ui/participants/participant-panel.js';
import type { CallView } from '../../src/ui/call-view.js';
import { isActive } from '../../src/domain/call-state.js';
import { defaultSettings } from '../../src/settings/setting-rows.js';
import type { Words } from '../../src/ui/words.js';
import { FakeCallMedia } from '../fakes/fake-call-media.js';
import type { Situation } from '../fakes/gallery-states.js';
import { spyCommands } from '../fakes/spy-commands.js';
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
      }),
  });
  return view;
}

/** Brings an interface into a situation, in some words, and opens what is to be open. */
export async function showSituation(view: CallView, { state, open }: Situation, words: Words): Promise<void> {
  Object.assign(view, { state: state(), words });
  await drawn(view);
  if (!open || !isActive(view.state)) return;
  const controls = within(view, 'cometchat-call-controls');
  const button = (id: string): HTMLElement | null =>
    controls ? within(controls, `[data-control='${id}']`) : null;
  (button(open) ?? button('more'))?.click();
  await drawn(view);
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
