// From the wish to join to the first frame of the other one's camera: the element, against two bare RTCPeerConnections
// over a bare WebSocket relay, whose page needs no code but its own.
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { CallWorld } from '../e2e/world/call-world.js';
import type { CallPage } from '../e2e/world/call-page.js';
import { reportRatio } from './ratio.js';

const rounds = 5;

const relay = new WebSocketServer({ port: 0, host: '127.0.0.1' });
await new Promise((listening) => relay.once('listening', listening));
relay.on('connection', (socket) =>
  socket.on('message', (message) => {
    for (const other of relay.clients) if (other !== socket) other.send(message, { binary: false });
  }),
);
const relayUrl = `ws://127.0.0.1:${(relay.address() as AddressInfo).port}`;

const world = new CallWorld();
await world.start();
const ours: number[] = [];
const floor: number[] = [];
for (let round = 0; round < rounds; round++) {
  floor.push(await bare());
  ours.push(await element(`bench-${round}`));
}
reportRatio('Time to the first remote frame', 'ms', ours, floor);
await world.stop();
relay.close();

async function element(session: string): Promise<number> {
  const ada = await world.caller('ada', session);
  await ada.until(1);
  const bob = await world.page();
  const token = await world.token('bob', session);
  const started = await bob.page.evaluate(() => performance.now());
  await bob.join({ token });
  const seen = await firstFrame(bob);
  await world.clear();
  return seen - started;
}

/** The newcomer's offer leaves at once, its camera follows: as fast as it can be done by hand. */
async function bare(): Promise<number> {
  const pages = [await world.page(), await world.page()] as const;
  const start = async (url: string, offers: boolean): Promise<number> => {
    const started = performance.now();
    const connection = new RTCPeerConnection();
    const early: RTCIceCandidateInit[] = [];
    const camera = navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 1280, height: 720 } });
    const socket = new WebSocket(url);
    const say = (message: object): void => socket.send(JSON.stringify(message));
    const show = ({ track }: RTCTrackEvent): void => {
      if (track.kind !== 'video') return;
      const video = document.createElement('video');
      Object.assign(video, { muted: true, autoplay: true, srcObject: new MediaStream([track]) });
      document.body.append(video);
    };
    connection.addEventListener('track', show);
    connection.addEventListener('icecandidate', ({ candidate }) => candidate && say({ candidate }));
    const send = async (): Promise<void> => {
      const tracks = (await camera).getTracks();
      for (const { sender, receiver } of connection.getTransceivers())
        void sender.replaceTrack(tracks.find(({ kind }) => kind === receiver.track.kind) ?? null);
    };
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const message = JSON.parse(data) as {
        description?: RTCSessionDescriptionInit;
        candidate?: RTCIceCandidateInit;
      };
      void (async () => {
        if (message.candidate && !connection.remoteDescription) early.push(message.candidate);
        else if (message.candidate) await connection.addIceCandidate(message.candidate);
        if (!message.description) return;
        await connection.setRemoteDescription(message.description);
        for (const candidate of early.splice(0)) await connection.addIceCandidate(candidate);
        if (message.description.type !== 'offer') return;
        for (const transceiver of connection.getTransceivers()) transceiver.direction = 'sendrecv';
        await connection.setLocalDescription();
        say({ description: connection.localDescription });
        void send();
      })();
    });
    await new Promise((open) => socket.addEventListener('open', open, { once: true }));
    if (!offers) return started;
    for (const kind of ['audio', 'video']) connection.addTransceiver(kind, { direction: 'sendrecv' });
    await connection.setLocalDescription();
    say({ description: connection.localDescription });
    void send();
    return started;
  };
  await pages[0].page.evaluate(start, relayUrl, false);
  const started = await pages[1].page.evaluate(start, relayUrl, true);
  const seen = await firstFrame(pages[1]);
  await world.clear();
  return seen - started;
}

/** When the page had decoded its first remote frame, by its own clock. */
async function firstFrame({ page }: CallPage): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((seen) => {
        const look = async (): Promise<void> => {
          for (const connection of window.observed.connections) {
            let decoded = 0;
            (await connection.getStats()).forEach((report: RTCInboundRtpStreamStats) => {
              if (report.type === 'inbound-rtp' && report.kind === 'video')
                decoded += report.framesDecoded ?? 0;
            });
            if (decoded > 0) return seen(performance.now());
          }
          setTimeout(() => void look(), 5);
        };
        void look();
      }),
  );
}
