import { expect } from '@open-wc/testing';
import { callOf, incoming, cardOf, settle, replace } from './ring-setup.js';

describe('the ring tone', () => {
  /** Audio that is refused until the user touches the page, as browsers do. */
  class StrictAudio extends EventTarget {
    static readonly made: StrictAudio[] = [];
    static touched = false;
    loop = false;
    playing = false;
    constructor(readonly src: string) {
      super();
      StrictAudio.made.push(this);
    }
    async play(): Promise<void> {
      await Promise.resolve();
      if (!StrictAudio.touched) throw new DOMException('Not allowed yet', 'NotAllowedError');
      this.playing = true;
    }
    pause(): void {
      this.playing = false;
    }
  }
  class StrictContext extends StrictAudio {
    constructor() {
      super('context');
    }
    readonly sampleRate = 8000;
    readonly destination = {};
    resume(): Promise<void> {
      return this.play();
    }
    close(): Promise<void> {
      this.pause();
      return Promise.resolve();
    }
  }
  class Source {
    connect(): void {
      // Nothing is heard in a test.
    }
    start(): void {
      // As above.
    }
  }
  beforeEach(() => {
    StrictAudio.made.length = 0;
    StrictAudio.touched = false;
    replace(window, 'Audio', StrictAudio);
    replace(window, 'AudioContext', StrictContext);
    replace(window, 'AudioBufferSourceNode', Source);
  });
  const touch = async (): Promise<void> => {
    StrictAudio.touched = true;
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    await settle();
  };

  for (const [title, ringTone, src] of [
    ['the built-in one', '', 'context'],
    ['a file of the page', '/ring.mp3', '/ring.mp3'],
  ] as const)
    it(`is heard after the first touch, and ends with the ringing: ${title}`, async () => {
      const element = await incoming({ 'ring-tone': ringTone });
      await element.rings(callOf());
      await settle();
      const [sound] = StrictAudio.made;
      expect(StrictAudio.made.map((made) => made.src)).to.eql([src]);
      expect(sound?.playing).to.equal(false);
      await touch();
      expect(sound?.playing).to.equal(true);
      await element.rings(null);
      expect(sound?.playing).to.equal(false);
      await touch();
      expect(sound?.playing).to.equal(false);
    });

  it('is the built-in one when the file cannot be played', async () => {
    const element = await incoming({ 'ring-tone': '/missing.mp3' });
    await element.rings(callOf());
    StrictAudio.made[0]?.dispatchEvent(new Event('error'));
    expect(StrictAudio.made.map(({ src }) => src)).to.eql(['/missing.mp3', 'context']);
  });

  it('is silent with ring-tone="none"', async () => {
    const element = await incoming({ 'ring-tone': 'none' });
    await element.rings(callOf());
    await touch();
    expect(StrictAudio.made).to.eql([]);
    expect(cardOf(element)).to.not.equal(null);
  });
});
