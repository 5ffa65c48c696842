/** Stands for a browser's track where there is no browser. */
export class FakeTrack extends EventTarget {
  enabled = true;
  readyState: 'live' | 'ended' = 'live';
  muted = false;

  constructor(
    readonly kind: 'audio' | 'video',
    readonly settings: { readonly deviceId?: string; readonly facingMode?: string } = {},
  ) {
    super();
  }

  getSettings(): object {
    return this.settings;
  }

  stop(): void {
    this.readyState = 'ended';
  }

  /** The system takes the device away for a while, or gives it back. */
  interrupt(muted: boolean): void {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }

  /** What pulling the plug does: unlike `stop`, it raises an event. */
  vanish(): void {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }
}

class FakeStream {
  constructor(readonly tracks: readonly FakeTrack[]) {}

  getTracks(): readonly FakeTrack[] {
    return this.tracks;
  }
}

/** Gives Node the two classes of media that a session names. */
export function provideMediaClasses(): void {
  Object.assign(globalThis, { MediaStreamTrack: FakeTrack, MediaStream: FakeStream });
}
