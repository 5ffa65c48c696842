import type { Page } from 'puppeteer-core';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import './instrument.js';

/** What a page receives from all others, in numbers that only grow while media flows. */
export interface Received {
  /** Decoded video frames by connection and media section. */
  readonly frames: Readonly<Record<string, number>>;
  /** Energy of the decoded audio, likewise. */
  readonly energy: Readonly<Record<string, number>>;
}

const timeoutMs = 30_000;

/** A page with calls in it, as a test speaks of it. */
export class CallPage {
  constructor(readonly page: Page) {}

  /** Adds an element that joins. */
  async join(attributes: Readonly<Record<string, string>>, id = 'call'): Promise<void> {
    await this.page.evaluate(
      (given, elementId) => {
        const element = document.createElement('cometchat-call');
        element.id = elementId;
        element.callEvents.on(
          'event',
          ({ name, detail }) => {
            const copy = JSON.parse(JSON.stringify(detail ?? null)) as unknown;
            window.observed.events.push({ element: elementId, name, detail: copy, at: Date.now() });
          },
          { signal: new AbortController().signal },
        );
        for (const [attribute, value] of Object.entries(given)) element.setAttribute(attribute, value);
        document.body.append(element);
      },
      attributes,
      id,
    );
  }

  /** Calls a method of the element. */
  async call(method: keyof CometChatCall, ...args: readonly unknown[]): Promise<void> {
    await this.page.evaluate(
      (name, given) => {
        const element = document.querySelector('cometchat-call') as unknown as Record<
          string,
          (...all: unknown[]) => unknown
        >;
        element[name]?.(...given);
      },
      method,
      args as unknown[],
    );
  }

  /** Waits until the element is in the call with so many participants, itself included. */
  async until(participants: number, id = 'call'): Promise<void> {
    await this.page.waitForFunction(
      (count, elementId) =>
        document.querySelector<CometChatCall>(`#${elementId}`)?.participants.length === count,
      { timeout: timeoutMs, polling: 50 },
      participants,
      id,
    );
  }

  /** Waits for a custom state of the element. */
  async untilState(state: string, holds = true): Promise<void> {
    await this.page.waitForFunction(
      (name, wanted) => document.querySelector('cometchat-call')?.matches(`:state(${name})`) === wanted,
      { timeout: timeoutMs, polling: 50 },
      state,
      holds,
    );
  }

  /** Waits for an event and returns its detail and time. */
  async event(name: string, occurrence = 1): Promise<{ readonly detail: unknown; readonly at: number }> {
    const found = await this.page.waitForFunction(
      (wanted, nth) => window.observed.events.filter((event) => event.name === wanted)[nth - 1],
      { timeout: timeoutMs, polling: 20 },
      name,
      occurrence,
    );
    return (await found.jsonValue()) as { detail: unknown; at: number };
  }

  async eventNames(): Promise<readonly string[]> {
    return this.page.evaluate(() => window.observed.events.map(({ name }) => name));
  }

  async errors(): Promise<readonly string[]> {
    return this.page.evaluate(() => window.observed.errors);
  }

  async received(): Promise<Received> {
    return this.page.evaluate(async () => {
      const frames: Record<string, number> = {};
      const energy: Record<string, number> = {};
      for (const [at, connection] of window.observed.connections.entries()) {
        if (connection.connectionState === 'closed') continue;
        // In Firefox, the statistics of a connection that is being closed never come.
        const late = new Promise<[]>((resolve) => setTimeout(() => resolve([]), 1000));
        (await Promise.race([connection.getStats(), late])).forEach((report: RTCInboundRtpStreamStats) => {
          if (report.type !== 'inbound-rtp') return;
          const key = `${at}/${report.mid ?? report.id}`;
          if (report.kind === 'video') frames[key] = report.framesDecoded ?? 0;
          else energy[key] = report.totalAudioEnergy ?? 0;
        });
      }
      return { frames, energy };
    });
  }

  /**
   * Waits until so many streams of moving video and of sound arrive: each has decoded some frames, or gained
   * energy, since this was asked.
   */
  async untilReceiving({ video, audio }: { readonly video: number; readonly audio: number }): Promise<void> {
    const before = await this.received();
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const now = await this.received();
      const moving = count(now.frames, (key, value) => value >= (before.frames[key] ?? 0) + 3);
      const audible = count(now.energy, (key, value) => value > (before.energy[key] ?? 0));
      if (moving >= video && audible >= audio) return;
      if (Date.now() > deadline)
        throw new Error(
          `Receives ${moving} of ${video} videos and ${audible} of ${audio} sounds: ${JSON.stringify(now)}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** How many tracks of cameras and microphones still run in the page. */
  async liveTracks(): Promise<number> {
    return this.page.evaluate(
      () => window.observed.tracks.filter(({ readyState }) => readyState === 'live').length,
    );
  }

  /** Waits until just so many of them run. */
  async untilLiveTracks(wanted: number): Promise<void> {
    await this.page.waitForFunction(
      (count) => window.observed.tracks.filter(({ readyState }) => readyState === 'live').length === count,
      {},
      wanted,
    );
  }

  async openConnections(): Promise<number> {
    return this.page.evaluate(
      () => window.observed.connections.filter(({ connectionState }) => connectionState !== 'closed').length,
    );
  }

  async close(): Promise<void> {
    if (!this.page.isClosed() && this.page.browser().connected) await this.page.close();
  }
}

function count(
  values: Readonly<Record<string, number>>,
  holds: (key: string, value: number) => boolean,
): number {
  return Object.entries(values).filter(([key, value]) => holds(key, value)).length;
}
