import { expect } from '@open-wc/testing';
import { sharedAudioContext } from '../../../src/media/audio/audio-context.js';
import { createLevelMeter } from '../../../src/media/audio/level-meter.js';
import { fakeAudioTrack, fakeVideoTrack, replace } from '../../fakes/media/media-devices.js';
import { waitUntil } from '../../harness/wait-until.js';

describe('the level meter', () => {
  let lifetime = new AbortController();
  beforeEach(() => {
    lifetime = new AbortController();
  });
  afterEach(() => lifetime.abort());

  it('reads the loudness of a voice, between 0 and 1', async () => {
    const track = fakeAudioTrack(300, 0.1);
    const meter = createLevelMeter(track, lifetime);
    await waitUntil(() => Math.abs(meter.read() - 0.21) < 0.03, 'a sine of 0.1 reads 0.21');
    track.stop();
  });

  it('never reads more than 1', async () => {
    const track = fakeAudioTrack(300, 1);
    const meter = createLevelMeter(track, lifetime);
    await waitUntil(() => meter.read() === 1);
    track.stop();
  });

  it('reads nothing of a muted, an ended or an abandoned track', async () => {
    const track = fakeAudioTrack();
    const meter = createLevelMeter(track, lifetime);
    await waitUntil(() => meter.read() > 0);
    track.enabled = false;
    expect(meter.read()).to.equal(0);
    track.enabled = true;
    await waitUntil(() => meter.read() > 0);
    lifetime.abort();
    expect(meter.read()).to.equal(0);
    track.stop();
  });

  it('takes what cannot be measured for silence', () => {
    expect(createLevelMeter(fakeVideoTrack(), lifetime).read()).to.equal(0);
  });

  it('hears the microphone of the real browser', async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const [track] = stream.getAudioTracks();
    const meter = createLevelMeter(track!, lifetime);
    await waitUntil(() => meter.read() > 0, 'the fake device beeps', { timeout: 5000 });
    track?.stop();
  });
});

describe('the shared AudioContext', () => {
  it('is one for all, and closed when it is no longer used', async () => {
    const one = new AbortController();
    const other = new AbortController();
    const context = sharedAudioContext(one);
    expect(sharedAudioContext(other)).to.equal(context);
    one.abort();
    await waitUntil(() => context.state === 'running');
    other.abort();
    await waitUntil(() => context.state === 'closed');
    const next = new AbortController();
    expect(sharedAudioContext(next)).to.not.equal(context);
    next.abort();
  });

  it('wakes on the next gesture of the user', async () => {
    const lifetime = new AbortController();
    const context = sharedAudioContext(lifetime);
    await waitUntil(() => context.state === 'running');
    const resume = context.resume.bind(context);
    let allowed = false;
    const undo = replace(context, 'resume', () =>
      allowed ? resume() : Promise.reject(new Error('not allowed')),
    );
    await context.suspend();
    await waitUntil(() => context.state === 'suspended');
    allowed = true;
    window.dispatchEvent(new KeyboardEvent('keydown'));
    await waitUntil(() => context.state === 'running');
    undo();
    lifetime.abort();
  });
});
