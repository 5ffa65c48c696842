import { expect } from '@open-wc/testing';
import type { DeviceLists } from '../../../src/domain/media/devices.js';
import { createDeviceList, type DeviceList } from '../../../src/media/devices/device-list.js';
import { fakeDevice, replace, replaceMediaDevices } from '../../fakes/media/media-devices.js';

describe('the list of devices', () => {
  let undo: (() => void)[] = [];
  let lifetime = new AbortController();
  let present: MediaDeviceInfo[] = [];

  beforeEach(() => {
    lifetime = new AbortController();
    present = [
      fakeDevice('audioinput', 'mic'),
      fakeDevice('videoinput', 'cam'),
      fakeDevice('audiooutput', 'speaker'),
    ];
    undo = [replaceMediaDevices({ enumerateDevices: () => Promise.resolve(present) })];
  });
  afterEach(() => {
    lifetime.abort();
    undo.forEach((restore) => restore());
  });

  async function open(): Promise<DeviceList> {
    const devices = createDeviceList({ signal: lifetime.signal });
    await devices.refresh();
    return devices;
  }

  function eventsOf(devices: DeviceList): { changed: DeviceLists[] } {
    const changed: DeviceLists[] = [];
    devices.events.on('changed', (lists) => changed.push(lists), lifetime);
    return { changed };
  }

  /** The ids of the devices in use. */
  function inUse(devices: DeviceList): readonly string[] {
    return Object.values(devices.lists())
      .flat()
      .filter(({ active }) => active)
      .map(({ deviceId }) => deviceId);
  }

  function once(devices: DeviceList): Promise<DeviceLists> {
    return new Promise((resolve) => devices.events.on('changed', resolve, lifetime));
  }

  it('is empty at first, then holds plain copies by kind', async () => {
    const devices = createDeviceList({ signal: lifetime.signal });
    expect(devices.lists()).to.eql({ audioInputDevices: [], audioOutputDevices: [], videoInputDevices: [] });
    await devices.refresh();
    const { audioInputDevices, audioOutputDevices, videoInputDevices } = devices.lists();
    expect(audioInputDevices).to.eql([
      { deviceId: 'mic', kind: 'audioinput', label: 'mic', groupId: 'group of mic', active: false },
    ]);
    expect([audioOutputDevices.length, videoInputDevices.length]).to.eql([1, 1]);
  });

  it('does not wait for ever for a browser that does not answer', async () => {
    undo.push(replaceMediaDevices({ enumerateDevices: () => new Promise<never>(() => undefined) }));
    const devices = await open();
    expect(devices.lists().audioInputDevices).to.eql([]);
    undo.pop()?.();
    await devices.refresh();
    expect(devices.lists().audioInputDevices.map(({ deviceId }) => deviceId)).to.eql(['mic']);
  }).timeout(10_000);

  it('leaves out devices without a name until the permission gives them one', async () => {
    present = [fakeDevice('audioinput', '', '')];
    const devices = await open();
    expect(devices.lists().audioInputDevices).to.eql([]);
    const changed = once(devices);
    present = [fakeDevice('audioinput', 'mic', 'Microphone')];
    await devices.refresh();
    expect((await changed).audioInputDevices[0]?.label).to.equal('Microphone');
  });

  it('tells a change once, however often the browser announces it', async () => {
    const devices = await open();
    const { changed } = eventsOf(devices);
    const announcement = once(devices);
    present = [...present, fakeDevice('audioinput', 'headset')];
    for (let times = 0; times < 4; times += 1)
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    expect(changed).to.eql([]);
    const announced = performance.now();
    expect((await announcement).audioInputDevices.map(({ deviceId }) => deviceId)).to.eql(['mic', 'headset']);
    expect(performance.now() - announced, 'after half a second of quiet').to.be.above(450);
    await devices.refresh();
    expect(changed.length).to.equal(1);
  });

  it('tells a change also while the browser never gets quiet', async () => {
    const devices = await open();
    const changed = once(devices);
    present = [...present, fakeDevice('audioinput', 'headset')];
    const storm = setInterval(() => navigator.mediaDevices.dispatchEvent(new Event('devicechange')), 50);
    lifetime.signal.addEventListener('abort', () => clearInterval(storm), { once: true });
    expect((await changed).audioInputDevices.map(({ deviceId }) => deviceId)).to.eql(['mic', 'headset']);
  });

  it('says nothing when nothing differs', async () => {
    const devices = await open();
    const { changed } = eventsOf(devices);
    await devices.refresh();
    expect(changed).to.eql([]);
  });

  it('marks the devices in use, and tells those set together at once', async () => {
    const devices = await open();
    const { changed } = eventsOf(devices);
    devices.setActive('audioinput', 'mic');
    devices.setActive('videoinput', 'cam');
    expect(devices.lists().audioInputDevices[0]?.active).to.equal(true);
    await Promise.resolve();
    await Promise.resolve();
    expect(changed.length).to.equal(1);
    expect(changed[0]?.videoInputDevices[0]?.active).to.equal(true);
    devices.setActive('videoinput', null);
    expect(devices.lists().videoInputDevices[0]?.active).to.equal(false);
  });

  it('no longer has a device in use that was removed, even when it returns', async () => {
    const headset = fakeDevice('audioinput', 'headset');
    present = [...present, headset];
    const devices = await open();
    devices.setActive('audioinput', 'headset');
    devices.setActive('audiooutput', 'speaker');
    present = present.filter(({ deviceId }) => deviceId !== 'headset' && deviceId !== 'cam');
    await devices.refresh();
    present = [...present, headset];
    await devices.refresh();
    expect(devices.lists().audioInputDevices.map(({ deviceId }) => deviceId)).to.include('headset');
    expect(inUse(devices)).to.eql(['speaker']);
  });

  it('keeps a device in use whose label the browser hides for a while', async () => {
    const devices = await open();
    devices.setActive('audioinput', 'mic');
    const before = present;
    present = [fakeDevice('audioinput', '', '')];
    await devices.refresh();
    present = before;
    await devices.refresh();
    expect(inUse(devices)).to.include('mic');
  });

  it('keeps what it knows when the browser cannot list', async () => {
    const devices = await open();
    undo.push(
      replaceMediaDevices({ enumerateDevices: () => Promise.reject(new DOMException('', 'AbortError')) }),
    );
    await devices.refresh();
    expect(devices.lists().audioInputDevices.length).to.equal(1);
    undo.pop()?.();
  });

  it('is silent after its end', async () => {
    const devices = await open();
    const ears = new AbortController();
    const changed: unknown[] = [];
    devices.events.on('changed', (lists) => changed.push(lists), ears);
    lifetime.abort();
    present = [];
    await devices.refresh();
    devices.setActive('audioinput', 'mic');
    await Promise.resolve();
    expect(changed).to.eql([]);
  });

  it('stays empty where there are no media devices', async () => {
    undo.push(replace(navigator, 'mediaDevices', undefined));
    const devices = await open();
    expect(devices.lists().audioInputDevices).to.eql([]);
    undo.pop()?.();
  });

  it('lists the devices of the real browser once they are permitted', async () => {
    undo.splice(0).forEach((restore) => restore());
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    const devices = await open();
    expect(devices.lists().audioInputDevices).to.not.eql([]);
    expect(devices.lists().videoInputDevices).to.not.eql([]);
    for (const track of stream.getTracks()) track.stop();
  });
});
