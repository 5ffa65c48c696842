import '../../../src/ui/controls/control-bar.js';
import type { Capabilities } from '../../../src/ui/controls/capabilities.js';
import type { ControlBar } from '../../../src/ui/controls/control-bar.js';
import type { ActiveCall } from '../../../src/domain/call/call-state.js';
import { defaultSettings, type CallSettings } from '../../../src/settings/setting-rows.js';
import { callOf } from '../../fakes/ui/call-states.js';
import { spyCommands, type RecordedCommands } from '../../fakes/ui/spy-commands.js';
import { framed, type FrameOptions } from '../../harness/framed.js';
import { within } from '../../harness/within.js';

export interface Options extends FrameOptions {
  readonly call?: ActiveCall;
  readonly settings?: Partial<CallSettings>;
  readonly capabilities?: Partial<Capabilities>;
}

export async function show(
  options: Options = {},
): Promise<{ readonly bar: ControlBar; readonly given: (RecordedCommands | ['view'] | ['shortcuts'])[] }> {
  const { call = callOf(3), settings = {}, capabilities = {}, width = 1200, dir = 'ltr' } = options;
  const { commands, recorded } = spyCommands();
  const all: (RecordedCommands | ['view'] | ['shortcuts'])[] = recorded;
  const bar = Object.assign(document.createElement('cometchat-call-controls'), {
    call,
    settings: { ...defaultSettings, showRecordingButton: true, ...settings },
    capabilities: {
      ...{ screenShare: true, pictureInPicture: true, recording: true, keyboard: true },
      ...capabilities,
    },
    actions: {
      commands,
      view: {
        toggleParticipants: () => void all.push(['view']),
        toggleFullScreen: () => void all.push(['view']),
        showShortcuts: () => void all.push(['shortcuts']),
      },
    },
  });
  await framed(bar, { width, height: 120, dir });
  return { bar, given: all };
}

export const idsOf = ({ renderRoot }: ControlBar): (string | undefined)[] =>
  [...renderRoot.querySelectorAll<HTMLElement>('[data-control]')].map(({ dataset }) => dataset['control']);

export const control = (bar: ControlBar, id: string): HTMLButtonElement =>
  within<HTMLButtonElement>(bar, `[data-control='${id}']`)!;
