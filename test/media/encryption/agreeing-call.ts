import assert from 'node:assert/strict';
import type { KeySignal } from '../../../src/domain/signal-data.js';
import type { OwnedSecret } from '../../../src/media/encryption/encryption-messages.js';
import { layouts } from '../../../src/media/encryption/frames/frame-format.js';
import { FrameOpener } from '../../../src/media/encryption/frames/frame-opener.js';
import { FrameSealer } from '../../../src/media/encryption/frames/frame-sealer.js';
import { AgreedKeys } from '../../../src/media/encryption/keys/agreed-keys.js';

const opusPacket = Uint8Array.of(0x78, 1, 2, 3, 4, 5, 6);

export interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly message: KeySignal;
}

/** Pages in a call, whose messages a server relays as `relay` says. */
export class AgreeingCall {
  readonly pages = new Map<string, Page>();
  readonly sent: Envelope[] = [];
  /** What arrives; nothing if the message is lost. */
  relay: (envelope: Envelope) => KeySignal | undefined = ({ message }) => message;

  join(...ids: readonly string[]): void {
    for (const id of ids) this.pages.set(id, new Page(id, this));
    this.#announce();
  }

  leave(id: string): Page {
    const page = this.of(id);
    this.pages.delete(id);
    this.#announce();
    return page;
  }

  of(id: string): Page {
    const page = this.pages.get(id);
    assert.ok(page);
    return page;
  }

  codes(): readonly (string | undefined)[] {
    return [...this.pages.values()].map(({ keys }) => keys.code);
  }

  deliver(envelope: Envelope): Promise<boolean> {
    this.sent.push(envelope);
    const message = this.relay(envelope);
    const page = this.pages.get(envelope.to);
    if (message) page?.keys.receive(envelope.from, structuredClone(message));
    return Promise.resolve(!!page);
  }

  end(): void {
    for (const page of this.pages.values()) page.end.abort();
  }

  #announce(): void {
    const ids = [...this.pages.keys()];
    for (const [selfId, { keys }] of this.pages)
      keys.setMembers({ sessionId: 'call', selfId, others: ids.filter((id) => id !== selfId) });
  }
}

class Page {
  readonly end = new AbortController();
  readonly keys: AgreedKeys;
  secrets: readonly OwnedSecret[] = [];
  readonly #openers = new Map<string, FrameOpener>();
  readonly #sealer: FrameSealer;

  constructor(
    readonly id: string,
    call: AgreeingCall,
  ) {
    this.#sealer = new FrameSealer({ participantId: id, source: 'microphone' });
    this.keys = new AgreedKeys({
      use: (secrets) => (this.secrets = secrets),
      send: (to, message) => call.deliver({ from: id, to, message }),
      onChange: () => undefined,
      signal: this.end.signal,
    });
  }

  /** The secrets for the frames of a participant. */
  of(id: string): readonly CryptoKey[] {
    return this.secrets.filter(({ owner }) => owner === id).map(({ secret }) => secret);
  }

  async seal(): Promise<Uint8Array<ArrayBuffer>> {
    const frame = await this.#sealer.seal(opusPacket, layouts.audio, this.of(this.id)[0]);
    assert.ok(frame, `${this.id} has no key of its own`);
    return frame;
  }

  async opens(frame: Uint8Array<ArrayBuffer>, from: string): Promise<boolean> {
    const opener = this.#openers.get(from) ?? new FrameOpener({ participantId: from, source: 'microphone' });
    this.#openers.set(from, opener);
    return !!(await opener.open(frame, this.of(from)));
  }
}
