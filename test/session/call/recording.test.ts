import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallError } from '../../../src/domain/call-error.js';
import { localParticipantOf } from '../../../src/domain/call/call-state.js';
import type { CallRecording } from '../../../src/session/session-ports.js';
import { settled } from '../../fakes/session/session-harness.js';
import { worldWith, bob } from './session-setup.js';

describe('recording', () => {
  const recorder = () => {
    const made = {
      steps: [] as string[],
      broken: undefined as ((error: CallError) => void) | undefined,
      begins: (_: (error: CallError) => void): void => undefined,
      start: (onBroken: (error: CallError) => void) => {
        made.broken = onBroken;
        made.steps.push('start');
        made.begins(onBroken);
        return Promise.resolve();
      },
      stop: () => {
        made.steps.push('stop');
        return Promise.resolve();
      },
    };
    return made satisfies CallRecording;
  };

  it('notifies the others once it runs, and once it is complete', async () => {
    const recording = recorder();
    const world = worldWith({}, { recording });
    await world.join(bob);
    world.session.commands.startRecording();
    world.session.commands.startRecording();
    await settled();
    assert.deepEqual(recording.steps, ['start']);
    assert.deepEqual(world.channel.asked.at(-1), { type: 'update', changes: { recording: true } });
    world.session.commands.stopRecording();
    await settled();
    assert.deepEqual(recording.steps, ['start', 'stop']);
    assert.deepEqual(
      world.names.filter((name) => name.startsWith('onRecording')),
      ['onRecordingStarted', 'onRecordingStopped'],
    );
  });

  it('that breaks off notifies all, and can be started again', async () => {
    const recording = recorder();
    const world = worldWith({}, { recording });
    await world.join(bob);
    world.session.commands.startRecording();
    await settled();
    recording.broken?.(new CallError('RECORDING_FAILED'));
    assert.deepEqual(world.codes, ['RECORDING_FAILED']);
    assert.equal(localParticipantOf(world.call).recording, false);
    world.session.commands.startRecording();
    await settled();
    assert.equal(localParticipantOf(world.call).recording, true);
  });

  it('that breaks off before it is said to have started is not shown as running', async () => {
    const recording = recorder();
    const world = worldWith({}, { recording });
    await world.join(bob);
    recording.begins = (onBroken) => onBroken(new CallError('RECORDING_FAILED'));
    world.session.commands.startRecording();
    await settled();
    assert.equal(localParticipantOf(world.call).recording, false);
    assert.deepEqual(world.codes, ['RECORDING_FAILED']);
    recording.begins = () => undefined;
    world.session.commands.startRecording();
    await settled();
    assert.equal(localParticipantOf(world.call).recording, true);
  });

  it('raises one failure, in whatever ways it is reported', async () => {
    const recording = recorder();
    const world = worldWith({}, { recording });
    await world.join(bob);
    world.session.commands.startRecording();
    await settled();
    const { broken } = recording;
    recording.stop = () => {
      broken?.(new CallError('RECORDING_FAILED'));
      return Promise.reject(new CallError('RECORDING_FAILED'));
    };
    world.session.commands.stopRecording();
    await settled();
    broken?.(new CallError('RECORDING_FAILED'));
    assert.deepEqual(world.codes, ['RECORDING_FAILED']);
    assert.equal(localParticipantOf(world.call).recording, false);
  });

  it('is completed when the call ends', async () => {
    const recording = recorder();
    const world = worldWith({ startRecordingOnCallStart: true }, { recording });
    await world.join(bob);
    world.session.commands.endSession();
    assert.deepEqual(recording.steps, ['start', 'stop']);
  });

  it('is said to be impossible where there is nothing to record with', async () => {
    const world = worldWith();
    await world.join(bob);
    world.session.commands.startRecording();
    await settled();
    assert.deepEqual(world.codes, ['UNSUPPORTED']);
  });
});
