import { html } from 'lit';
import { expect } from '@open-wc/testing';
import { element } from '../../../src/ui/base/define-element.js';
import { PortableElement } from '../../../src/ui/base/portable-element.js';
import { showStream } from '../../../src/ui/base/show-stream.js';
import { FakeCallMedia } from '../../fakes/ui/fake-call-media.js';
import { framed, unframe } from '../../harness/framed.js';
import { waitUntil } from '../../harness/wait-until.js';

const stream = new FakeCallMedia().streamOf('p1', 'camera')!;

@element('test-screen')
class Screen extends PortableElement {
  shown = true;

  override render(): unknown {
    return this.shown && html`<video autoplay playsinline .muted=${true} ${showStream(stream)}></video>`;
  }
}

interface Shown {
  readonly screen: Screen;
  readonly video: HTMLVideoElement;
  /** How often the video has begun to load. */
  readonly loads: () => number;
}

async function show(): Promise<Shown> {
  const screen = await framed(document.createElement('test-screen') as Screen);
  const video = screen.renderRoot.querySelector('video')!;
  let loads = 0;
  video.addEventListener('loadstart', () => (loads += 1));
  return { screen, video, loads: () => loads };
}

const plays = (video: HTMLVideoElement): Promise<void> => waitUntil(() => video.currentTime > 0);

describe('showStream', () => {
  afterEach(unframe);

  it('takes the stream back when the element leaves the page, even while it loads', async () => {
    const { screen, video } = await show();
    expect(video.srcObject).to.equal(stream);
    screen.remove();
    await waitUntil(() => video.networkState === HTMLMediaElement.NETWORK_EMPTY);
    expect(video.srcObject).to.equal(null);
  });

  it('gives no stream to what is rendered after that', async () => {
    const { screen } = await show();
    screen.shown = false;
    screen.requestUpdate();
    await screen.updateComplete;
    screen.remove();
    screen.shown = true;
    screen.requestUpdate();
    await screen.updateComplete;
    expect(screen.renderRoot.querySelector('video')!.srcObject).to.equal(null);
  });

  it('takes it back when the video alone is removed', async () => {
    const { screen, video } = await show();
    screen.shown = false;
    screen.requestUpdate();
    await waitUntil(() => video.srcObject === null);
  });

  it('plays on when the element is back', async () => {
    const { screen, video, loads } = await show();
    const { parentElement } = screen;
    await plays(video);
    screen.remove();
    await waitUntil(() => video.srcObject === null);
    const before = loads();
    parentElement!.append(screen);
    expect(video.srcObject).to.equal(stream);
    await waitUntil(() => loads() > before);
    await plays(video);
  });

  it('does not begin anew when the element only moves', async () => {
    const { screen, video, loads } = await show();
    await plays(video);
    const before = loads();
    const other = document.createElement('div');
    screen.parentElement!.append(other);
    other.append(screen);
    await plays(video);
    expect(video.srcObject).to.equal(stream);
    await screen.updateComplete;
    expect(loads()).to.equal(before);
  });
});
