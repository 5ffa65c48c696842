// Makes demo/assets/screenshot.jpg, the picture of the README: a real call of four pages of the demo, with drawn people before
// fake cameras. `node demo/start.mjs` in one terminal, `node test/tools/shots/screenshot.mjs http://localhost:8000` in another.
import puppeteer from 'puppeteer-core';
import { launchChromium, newWindow } from '../run/browser-options.mjs';
import { ensureChromium } from '../run/ensure-browser.mjs';

const origin = process.argv[2] ?? 'http://localhost:8000';
const target = process.argv[3] ?? new URL('../../../demo/assets/screenshot.jpg', import.meta.url).pathname;

/** Who is in the call, oneself first: the colours of wall, light, skin, hair and clothes, and how the hair falls. */
const people = [
  {
    name: 'Ada',
    wall: ['#d9c9a8', '#b79f78'],
    lamp: '#fff1cf',
    skin: '#e8b48f',
    hair: '#3a221a',
    top: '#0f6d62',
    long: true,
    things: 'window',
  },
  {
    name: 'Grace',
    wall: ['#33475e', '#1d2a3a'],
    lamp: '#f5d48a',
    skin: '#9a623f',
    hair: '#17120f',
    top: '#d9932d',
    long: false,
    things: 'shelf',
  },
  {
    name: 'Katherine',
    wall: ['#8fb0a4', '#5d8377'],
    lamp: '#f2efe0',
    skin: '#7b4a2f',
    hair: '#231813',
    top: '#c2543c',
    long: true,
    things: 'plant',
  },
  {
    name: 'Linus',
    wall: ['#8d6f8f', '#57415c'],
    lamp: '#ffd9c2',
    skin: '#f0c6a4',
    hair: '#a8632b',
    top: '#2f4a7d',
    long: false,
    things: 'shelf',
  },
];

/** Runs in the page, before its scripts: a camera that shows a person, and a microphone with speech. */
function actAs({ wall, lamp, skin, hair, top, long, things, speaks }) {
  const paint = (c, time) => {
    const shape = (color, draw) => {
      c.fillStyle = color;
      c.beginPath();
      draw();
      c.fill();
    };
    const oval = (color, x, y, w, h) => shape(color, () => c.ellipse(x, y, w, h, 0, 0, 7));
    const box = (color, x, y, w, h, r = 0) => shape(color, () => c.roundRect(x, y, w, h, r));
    const back = c.createLinearGradient(0, 0, 640, 360);
    wall.forEach((color, at) => back.addColorStop(at, color));
    box(back, 0, 0, 640, 360);
    if (things === 'window') {
      box('#ffffffd9', 440, 44, 120, 130, 4);
      for (const [x, y] of [
        [448, 52],
        [503, 52],
        [448, 112],
        [503, 112],
      ])
        box('#b9dcea', x, y, 49, 54);
      oval('#2f7a5a', 132, 250, 16, 62);
      oval('#3b9170', 106, 270, 13, 46);
      box('#b5613f', 98, 300, 52, 60, 6);
    }
    if (things === 'shelf') {
      for (const y of [112, 206]) {
        box('#00000047', 410, y, 170, 9, 2);
        ['#c6553b', '#e7dab0', '#568f88', '#ef913b', '#93b7bf'].forEach((color, at) =>
          box(
            color,
            420 + at * 24 + (at > 2 ? 18 : 0),
            y - 48 + ((at * 7 + y) % 14),
            20,
            48 - ((at * 7 + y) % 14),
          ),
        );
      }
      oval(lamp, 118, 150, 34, 34);
      box('#00000059', 113, 184, 10, 176);
    }
    if (things === 'plant') {
      box('#00000026', 88, 60, 120, 92, 4);
      box(lamp, 95, 67, 106, 78, 2);
      oval('#e0865f', 148, 114, 24, 24);
      for (const [x, y, w, h] of [
        [522, 210, 18, 72],
        [490, 228, 14, 54],
        [554, 232, 14, 52],
      ])
        oval('#2f5f49', x, y, w, h);
      box('#f0e6d2', 492, 272, 62, 88, 8);
    }
    const sway = Math.sin(time / 900 + top.length) * 3;
    c.save();
    c.translate(320 + sway, 18);
    if (long) box(hair, -66, 62, 132, 190, 54);
    shape(top, () => c.ellipse(0, 372, 148, 128, 0, 0, 7));
    box(skin, -24, 196, 48, 74, 22);
    oval('#00000021', 0, 214, 25, 15);
    oval(skin, 0, 140, 56, 74);
    shape(hair, () => c.ellipse(0, 116, 61, 62, 0, Math.PI, 0));
    oval(skin, long ? -7 : 0, 130, long ? 44 : 49, 38);
    for (const x of [-21, 21]) {
      oval('#241812', x, 140, 4.6, Math.sin(time / 1700) > 0.985 ? 1 : 6);
      c.strokeStyle = hair;
      c.lineWidth = 4;
      c.lineCap = 'round';
      c.beginPath();
      c.arc(x, 136, 13, -2.2, -0.9);
      c.stroke();
    }
    c.strokeStyle = '#00000038';
    c.lineWidth = 3;
    c.beginPath();
    c.moveTo(1, 144);
    c.lineTo(3, 160);
    c.lineTo(-4, 162);
    c.stroke();
    if (speaks) oval('#7a2630', 0, 180, 13, 5 + 4 * Math.abs(Math.sin(time / 110)));
    else {
      c.strokeStyle = '#8c2f36';
      c.lineWidth = 4;
      c.beginPath();
      c.arc(0, 168, 18, 0.5, 2.64);
      c.stroke();
    }
    c.restore();
  };
  const camera = () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
    const context = canvas.getContext('2d');
    context.scale(2, 2);
    paint(context, 0);
    setInterval(() => paint(context, performance.now()), 80);
    return canvas.captureStream(12).getVideoTracks();
  };
  const microphone = () => {
    const audio = new AudioContext();
    const out = audio.createMediaStreamDestination();
    const voice = audio.createOscillator();
    const loud = new GainNode(audio, { gain: speaks ? 0.25 : 0.0008 });
    voice.connect(loud).connect(out);
    voice.start();
    return out.stream.getAudioTracks();
  };
  navigator.mediaDevices.getUserMedia = async ({ audio, video }) =>
    new MediaStream([...(audio ? microphone() : []), ...(video ? camera() : [])]);
}

/** Runs in the page: all are visible, one speaks, and the log names the muted one. */
function isComplete(count) {
  const videos = (root) =>
    [...root.querySelectorAll('*')].flatMap((each) => [
      ...(each.localName === 'video' ? [each] : []),
      ...(each.shadowRoot ? videos(each.shadowRoot) : []),
    ]);
  const seen = videos(document).filter(({ videoWidth, currentTime }) => videoWidth >= 640 && currentTime > 5);
  const log = document.querySelector('.log').textContent;
  return seen.length >= count && log.includes('user-muted') && log.includes('dominant-speaker-changed');
}

const browser = await puppeteer.launch(launchChromium(await ensureChromium()));
try {
  const pages = [];
  for (const [index, person] of people.entries()) {
    const page = await browser.newPage(newWindow);
    await page.setViewport({ width: 1280, height: 760 });
    await page.evaluateOnNewDocument(actAs, { ...person, speaks: index === 1 });
    await page.goto(`${origin}/?session=sunny-otter-528&name=${person.name}&join=1`);
    await page.waitForSelector('cometchat-call:state(active)');
    pages.push(page);
  }
  const command = (page, name, ...words) =>
    page.$eval('cometchat-call', (call, [run, ...given]) => call[run](...given), [name, ...words]);
  await command(pages[2], 'raiseHand');
  await command(pages[3], 'muteAudio', true);
  const [mine] = pages;
  await mine.bringToFront();
  await mine.waitForFunction(isComplete, { timeout: 60_000 }, people.length);
  await mine.screenshot({ path: target, type: 'jpeg', quality: 88 });
} finally {
  await browser.close();
}
