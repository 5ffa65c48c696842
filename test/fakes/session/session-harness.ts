import { Emitter } from '../../../src/base/emitter.js';
import { CallError } from '../../../src/domain/call-error.js';
import type { CallEvent, CallEventName } from '../../../src/domain/call/call-events.js';
import { isActive, type ActiveCall } from '../../../src/domain/call/call-state.js';
import {
  noDevices,
  type Device,
  type DeviceLists,
  type MediaDeviceKind,
} from '../../../src/domain/media/devices.js';
import type { Participant } from '../../../src/domain/call/participant.js';
import type { DeviceList, DeviceListEvents } from '../../../src/media/devices/device-list.js';
import type { ScreenCapture } from '../../../src/media/capture/screen-capture.js';
import type { UserMedia } from '../../../src/media/capture/media-sources.js';
import type { JoinAnswer, ServerPush } from '../../../src/protocol/messages.js';
import { CallSession } from '../../../src/session/call-session.js';
import { Handover } from '../../../src/session/media/transport/handover.js';
import type { SessionPorts } from '../../../src/session/session-ports.js';
import { defaultSettings, type CallSettings } from '../../../src/settings/setting-rows.js';
import type {
  ChannelRequest,
  SignalingChannel,
  SignalingEvents,
  SignalingOptions,
} from '../../../src/signaling/signaling-channel.js';
import { FakeNetwork, type FakeTransport } from './fake-transport.js';
import { FakeTrack } from '../media/node-media.js';
import { participant } from '../ui/participants.js';

type Opening = Parameters<SessionPorts['openUserMedia']>[0];

/** One session, and a world around it that a test moves by hand. */
export class SessionHarness {
  readonly session: CallSession;
  readonly channel = new ScriptedChannel();
  readonly devices = new ScriptedDevices();
  readonly air = new FakeNetwork();
  /** Every event, in the order it was heard. */
  readonly notified: CallEvent[] = [];
  /** Every request for microphone and camera, with how the user answers it. */
  readonly prompts: {
    readonly request: Opening;
    readonly answer: (media: UserMedia) => void;
    readonly grant: () => void;
  }[] = [];
  /** Answers every prompt at once. */
  generous = true;
  /** Every track that was handed out. */
  readonly tracks: FakeTrack[] = [];
  screen: () => Promise<ScreenCapture> = () =>
    Promise.reject(new CallError('SCREEN_SHARE_CANCELLED', { details: { source: 'screen' } }));
  networkChanged: () => void = () => undefined;
  shown: () => void = () => undefined;
  permission: PermissionState = 'granted';
  /** When the media of a track arrives. */
  firstMedia: () => Promise<void> = () => Promise.resolve();
  /** What comes of trying a speaker. */
  speaker: (deviceId: string) => Promise<void> = () => Promise.resolve();

  constructor(
    settings: Partial<CallSettings> = {},
    extra: Partial<
      Pick<
        SessionPorts,
        | 'recording'
        | 'pictureInPicture'
        | 'loadProcessing'
        | 'loadTransport'
        | 'createHandover'
        | 'openChannel'
        | 'openEncryption'
      >
    > = {},
  ) {
    this.session = new CallSession({ ...defaultSettings, ...settings }, { ...this.#ports(), ...extra });
    const neverAborted = new AbortController().signal;
    this.session.store.events.on('event', (event) => this.notified.push(event), { signal: neverAborted });
  }

  get names(): readonly CallEventName[] {
    return this.notified.map(({ name }) => name);
  }

  get codes(): readonly string[] {
    return this.notified.flatMap(({ name, detail }) => (name === 'onError' ? [detail.code] : []));
  }

  get call(): ActiveCall {
    const state = this.session.store.get();
    if (!isActive(state)) throw new Error(`The call is ${state.phase}.`);
    return state;
  }

  get transport(): FakeTransport {
    const transport = this.air.transports.get('me');
    if (!transport) throw new Error('There is no transport.');
    return transport;
  }

  /** Joins a call in which the others are, with the camera and microphone that the user gives. */
  async join(...others: readonly Participant[]): Promise<void> {
    void this.session.join();
    this.channel.answer(joinAnswer(others));
    await settled();
  }

  /** The server says something unasked. */
  async push(push: ServerPush): Promise<void> {
    this.channel.events.emit('message', push);
    await settled();
  }

  track(kind: 'audio' | 'video', deviceId: string = kind): FakeTrack {
    const track = new FakeTrack(kind, { deviceId });
    this.tracks.push(track);
    return track;
  }

  #ports(): SessionPorts {
    return {
      openChannel: (options) => this.channel.opened(options),
      loadTransport: () => Promise.resolve(this.air.create),
      createHandover: async (options) => new Handover({ ...options, firstMedia: () => this.firstMedia() }),
      openUserMedia: (request) => this.#prompt(request),
      openScreen: () => this.screen(),
      permission: () => Promise.resolve(this.permission),
      onVisible: (handle) => {
        const before = this.shown;
        this.shown = () => {
          before();
          handle();
        };
      },
      openEncryption: () => Promise.reject(new CallError('UNSUPPORTED_BROWSER')),
      checkSpeaker: (deviceId) => this.speaker(deviceId),
      createDeviceList: () => this.devices,
      createLevelMeter: () => ({ read: () => 0 }),
      onNetworkChange: (handle) => void (this.networkChanged = handle),
    };
  }

  #prompt(request: Opening): Promise<UserMedia> {
    return new Promise((answer) => {
      const grant = (): void =>
        answer({
          ...(request.microphone && { microphone: real(this.track('audio', request.microphone.deviceId)) }),
          ...(request.camera && { camera: real(this.track('video', request.camera.deviceId)) }),
        });
      this.prompts.push({ request, answer, grant });
      if (this.generous) grant();
    });
  }
}

/** A fake track where a real one is asked for. */
export function real(track: FakeTrack): MediaStreamTrack {
  return track as unknown as MediaStreamTrack;
}

/** What the server answers to a join of `me`. */
export function joinAnswer(
  others: readonly Participant[],
  changes: Partial<Extract<JoinAnswer, { transport: 'mesh' }>> = {},
): JoinAnswer {
  return {
    sessionId: 'session',
    self: participant('me', { order: 100 }),
    participants: [...others],
    resume: 'resume',
    transport: 'mesh',
    generation: 0,
    iceServers: [],
    graceMs: 30_000,
    serverId: 'server-1',
    ...changes,
  };
}

/** Lets everything happen that waits for nothing but promises. */
export async function settled(): Promise<void> {
  for (let fact = 0; fact < 30; fact++) await Promise.resolve();
}

class ScriptedChannel implements SignalingChannel {
  readonly events = new Emitter<SignalingEvents>();
  /** Everything that was asked. */
  readonly asked: ChannelRequest[] = [];
  left = 0;
  verified = 0;
  state: SignalingOptions['state'] = () => {
    throw new Error('The channel was not opened.');
  };
  #answer: ((answer: JoinAnswer) => void) | undefined;
  #refuse: ((error: CallError) => void) | undefined;

  opened({ state }: SignalingOptions): this {
    this.state = state;
    return this;
  }

  join(): Promise<JoinAnswer> {
    return new Promise((answer, refuse) => {
      this.#answer = answer;
      this.#refuse = refuse;
    });
  }

  answer(answer: JoinAnswer): void {
    this.#answer?.(answer);
  }

  refuse(error: CallError): void {
    this.#refuse?.(error);
  }

  request(request: ChannelRequest): Promise<never> {
    this.asked.push(request);
    return Promise.resolve((request.type === 'signal' ? { delivered: true } : undefined) as never);
  }

  verify(): void {
    this.verified += 1;
  }

  leave(): void {
    this.left += 1;
  }
}

class ScriptedDevices implements DeviceList {
  readonly events = new Emitter<DeviceListEvents>();
  #lists: DeviceLists = noDevices;

  lists(): DeviceLists {
    return this.#lists;
  }

  refresh(): Promise<void> {
    return Promise.resolve();
  }

  setActive(kind: MediaDeviceKind, deviceId: string | null): void {
    this.set(
      Object.values(this.#lists)
        .flat()
        .map((device: Device) =>
          device.kind === kind ? { ...device, active: device.deviceId === deviceId } : device,
        ),
    );
  }

  /** The devices that there are from now on. */
  set(devices: readonly Device[]): void {
    const of = (kind: MediaDeviceKind): readonly Device[] => devices.filter((device) => device.kind === kind);
    this.#lists = {
      audioInputDevices: of('audioinput'),
      audioOutputDevices: of('audiooutput'),
      videoInputDevices: of('videoinput'),
    };
    this.events.emit('changed', this.#lists);
  }
}

export function device(kind: MediaDeviceKind, deviceId: string, label = deviceId): Device {
  return { kind, deviceId, label, groupId: '', active: false };
}
