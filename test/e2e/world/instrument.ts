/** What the tests look at from inside a page. */
export interface Observed {
  readonly connections: RTCPeerConnection[];
  readonly events: {
    readonly element: string;
    readonly name: string;
    readonly detail: unknown;
    readonly at: number;
  }[];
  readonly tracks: MediaStreamTrack[];
  readonly errors: string[];
  /** The numbers of the secrets with which the worker of an encrypted call began to encrypt. */
  readonly secrets: number[];
}

declare global {
  interface Window {
    observed: Observed;
  }
}

/** Runs in each page before its own code: remembers every connection, captured track and error. */
export function instrument(): void {
  const observed: Observed = { connections: [], events: [], tracks: [], errors: [], secrets: [] };
  window.observed = observed;
  window.addEventListener('error', (event) => observed.errors.push(event.message));
  window.addEventListener('unhandledrejection', (event) => observed.errors.push(String(event.reason)));
  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args: [RTCConfiguration?]) {
      const connection = new target(...args);
      observed.connections.push(connection);
      return connection;
    },
  });
  window.Worker = new Proxy(window.Worker, {
    construct(target, args: [string | URL, WorkerOptions?]) {
      const worker = new target(...args);
      worker.addEventListener(
        'message',
        ({ data }: MessageEvent<{ type?: string; secretId?: number } | null>) => {
          if (data?.type === 'sealed' && data.secretId !== undefined) observed.secrets.push(data.secretId);
        },
      );
      return worker;
    },
  });
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return;
  for (const method of ['getUserMedia', 'getDisplayMedia'] as const) {
    const original = devices[method].bind(devices);
    devices[method] = async (constraints) => {
      const stream = await original(constraints);
      observed.tracks.push(...stream.getTracks());
      return stream;
    };
  }
}
