import type { CommandTarget } from '../../domain/call/call-commands.js';
import { isActive, type CallState } from '../../domain/call/call-state.js';
import { controlRows } from '../../ui/controls/control-rows.js';

type CommandRows = Readonly<Record<string, (call: CommandTarget, state: CallState) => unknown>>;

/** The commands of the built-in buttons: those that toggle, and those without two states. */
const controlCommands: CommandRows = Object.fromEntries(
  controlRows.flatMap(({ id, command = id, act }) => (act ? [[`--${command}`, act]] : [])),
);

/**
 * What a `<button command="--…" commandfor="…">` does to the element, without any JavaScript of the page.
 * (HTML, invoker commands: custom commands begin with two hyphens.) `--start-session` exists before any call does.
 */
export const commandRows: CommandRows = {
  ...controlCommands,
  '--end-session': (call) => call.endSession(),
  '--end-session-for-all': (call) => call.endSessionForAll(),
  '--mute-audio': (call) => call.muteAudio(true),
  '--unmute-audio': (call) => call.muteAudio(false),
  '--pause-video': (call) => call.pauseVideo(true),
  '--resume-video': (call) => call.pauseVideo(false),
  '--share-screen': (call) => call.startScreenShare(),
  '--stop-screen-share': (call) => call.stopScreenShare(),
  '--start-recording': (call) => call.startRecording(),
  '--stop-recording': (call) => call.stopRecording(),
  '--raise-hand': (call) => call.raiseHand(),
  '--lower-hand': (call) => call.lowerHand(),
  '--toggle-participant-list': (call, state) =>
    call.showParticipantList(!(isActive(state) && state.participantListShown)),
  '--mode-default': (call) => call.setMode('DEFAULT'),
  '--mode-spotlight': (call) => call.setMode('SPOTLIGHT'),
  '--open-virtual-background': (call) => call.openVirtualBackground(),
  '--close-virtual-background': (call) => call.closeVirtualBackground(),
  '--stay': (call) => call.stay(),
};

/** Runs a command in the same turn: sharing a screen must begin within the press. */
export function runCommand(command: string, call: CommandTarget, state: CallState): void {
  const run = commandRows[command];
  if (run) run(call, state);
  else console.warn(`<cometchat-call>: there is no command "${command}".`);
}
