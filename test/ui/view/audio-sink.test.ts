import { expect } from '@open-wc/testing';
import '../../../src/ui/view/audio-sink.js';
import type { AudioSink } from '../../../src/ui/view/audio-sink.js';
import type { ActiveCall } from '../../../src/domain/call/call-state.js';
import { callOf } from '../../fakes/ui/call-states.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { framed, nextFrame, unframe } from '../../harness/framed.js';
import { waitUntil } from '../../harness/wait-until.js';

async function show(call: ActiveCall): Promise<{ readonly sink: AudioSink; readonly media: FakeCallMedia }> {
  const media = new FakeCallMedia();
  const sink = await framed(Object.assign(document.createElement('cometchat-call-sound'), { call, media }));
  return { sink, media };
}

const audios = ({ renderRoot }: AudioSink): HTMLAudioElement[] => [...renderRoot.querySelectorAll('audio')];

/** Makes an audio behave as where the browser blocks sound until the user did something. */
function block(audio: HTMLAudioElement): { blocked: boolean; played: number } {
  const state = { blocked: true, played: 0 };
  audio.play = () => {
    if (state.blocked) return Promise.reject(new DOMException('', 'NotAllowedError'));
    state.played += 1;
    return Promise.resolve();
  };
  return state;
}

describe('<cometchat-call-sound>', () => {
  afterEach(unframe);

  it('plays every other participant, and the sound of a shared screen, but never oneself', async () => {
    const { sink, media } = await show(callOf(3, { participants: { 2: { screenSharing: true } } }));
    expect(audios(sink).map(({ srcObject }) => srcObject)).to.eql([
      media.streamOf('p1', 'microphone'),
      media.streamOf('p2', 'microphone'),
      media.streamOf('p2', 'screen-audio'),
    ]);
  });

  it('keeps the element of each participant who stays', async () => {
    const { sink } = await show(callOf(4));
    const [, , third] = audios(sink);
    sink.call = {
      ...callOf(4),
      participants: new Map([...callOf(4).participants].filter(([id]) => id !== 'p1')),
    };
    await nextFrame();
    expect(audios(sink)).to.have.lengthOf(2);
    expect(audios(sink)[1]).to.equal(third);
  });

  it('says when the browser blocks it, and plays at the next gesture of the user', async () => {
    const { sink } = await show(callOf(2));
    const state = block(audios(sink)[0]!);
    const blocked: boolean[] = [];
    sink.addEventListener('sound-blocked', (event) => blocked.push((event as CustomEvent<boolean>).detail));
    audios(sink)[0]!.dispatchEvent(new Event('loadedmetadata'));
    await waitUntil(() => blocked.length === 1);
    state.blocked = false;
    document.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    expect(state.played).to.equal(1);
    expect(blocked).to.eql([true, false]);
    document.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    expect(state.played, 'it listens no longer than it needs to').to.equal(1);
  });

  it('goes to the chosen speaker', async function () {
    const { sink } = await show(callOf(2));
    const [audio] = audios(sink);
    if (!('setSinkId' in audio!)) this.skip();
    const asked: string[] = [];
    audio.setSinkId = (id) => Promise.resolve(void asked.push(id));
    sink.sinkId = 'headset';
    await nextFrame();
    expect(asked).to.eql(['headset']);
  });
});
