import { expect } from '@open-wc/testing';
import type { CallErrorCode } from '../../../src/domain/call-error.js';
import { mediaFailure, mediaPreflight, permission } from '../../../src/media/capture/media-failure.js';
import { replace, replaceMediaDevices } from '../../fakes/media/media-devices.js';
import { mediaErrors } from '../../fakes/media/media-errors.js';

const { chromium, firefox } = mediaErrors;

const cases: readonly {
  readonly title: string;
  readonly errors: readonly (() => unknown)[];
  readonly code: CallErrorCode;
}[] = [
  {
    title: 'the user refuses or dismisses the prompt',
    errors: [chromium.refused, chromium.dismissed, firefox.refused],
    code: 'MEDIA_DENIED',
  },
  { title: 'the system refuses', errors: [chromium.refusedBySystem], code: 'MEDIA_DENIED_BY_SYSTEM' },
  { title: 'the policy of the page refuses', errors: [chromium.refusedByPage], code: 'MEDIA_DENIED_BY_PAGE' },
  { title: 'there is no device', errors: [chromium.missing, firefox.missing], code: 'MEDIA_NOT_FOUND' },
  { title: 'the device is gone', errors: [chromium.vanished, firefox.vanished], code: 'MEDIA_NOT_FOUND' },
  {
    title: 'another program holds the device',
    errors: [chromium.inUse, chromium.timedOut, firefox.inUse, firefox.timedOut],
    code: 'MEDIA_IN_USE',
  },
  {
    title: 'security forbids it',
    errors: [() => new DOMException('', 'SecurityError')],
    code: 'MEDIA_INSECURE',
  },
  {
    title: 'something else goes wrong',
    errors: [() => new TypeError('?'), () => 'text', () => undefined],
    code: 'MEDIA_FAILED',
  },
];

describe('the translation of media failures', () => {
  let undo: (() => void)[] = [];
  afterEach(() => {
    undo.forEach((restore) => restore());
    undo = [];
  });

  for (const { title, errors, code } of cases)
    for (const [index, error] of errors.entries())
      it(`${title}: ${code} (${index + 1})`, () => {
        const thrown = error();
        const failure = mediaFailure(thrown, 'camera');
        expect(failure.code).to.equal(code);
        expect(failure.details).to.eql({ source: 'camera' });
        expect(failure.message).to.contain('camera');
        expect(failure.cause).to.equal(thrown);
      });

  it('a screen that was not chosen is cancelled, not refused', () => {
    expect(mediaFailure(chromium.refused(), 'screen').code).to.equal('SCREEN_SHARE_CANCELLED');
    expect(mediaFailure(firefox.refused(), 'screen').code).to.equal('SCREEN_SHARE_CANCELLED');
    expect(mediaFailure(chromium.refusedByPage(), 'screen').code).to.equal('MEDIA_DENIED_BY_PAGE');
  });

  it('what is a CallError already stays itself', () => {
    const failure = mediaFailure(firefox.missing(), 'microphone');
    expect(mediaFailure(failure, 'camera')).to.equal(failure);
  });

  it('without media devices, the error of an insecure page says so', async () => {
    undo = [replace(navigator, 'mediaDevices', undefined), replace(window, 'isSecureContext', false)];
    expect(mediaFailure(new TypeError(), 'microphone').code).to.equal('MEDIA_INSECURE');
    expect((await mediaPreflight('camera'))?.code).to.equal('MEDIA_INSECURE');
    expect((await mediaPreflight('screen'))?.message).to.contain('https');
  });

  it('the preflight finds nothing where the devices may be used', async () => {
    expect(await mediaPreflight('camera')).to.equal(null);
    expect(await mediaPreflight('microphone')).to.equal(null);
    expect(await mediaPreflight('screen')).to.equal(null);
  });

  it('the preflight knows what the user has refused for good', async () => {
    const denied = (): Promise<unknown> => Promise.resolve({ state: 'denied' });
    undo = [replace(navigator.permissions, 'query', denied)];
    expect((await mediaPreflight('microphone'))?.code).to.equal('MEDIA_DENIED');
  });

  it('a browser that does not know the permission is asked all the same', async () => {
    undo = [replace(navigator.permissions, 'query', () => Promise.reject(new TypeError()))];
    expect(await mediaPreflight('camera')).to.equal(null);
  });

  it('a browser that never answers about the permission is not waited for', async () => {
    undo.push(replace(navigator.permissions, 'query', () => new Promise<never>(() => undefined)));
    expect(await permission('camera')).to.equal(undefined);
  }).timeout(5000);

  it('the error in a frame whose page refuses the camera says what to change', async () => {
    const { preflight, failure } = await inFrame("camera 'none'; microphone 'none'");
    expect(preflight?.code).to.equal('MEDIA_DENIED_BY_PAGE');
    expect(preflight?.message).to.contain('allow="camera"');
    expect(failure.code).to.equal('MEDIA_DENIED_BY_PAGE');
  });

  it('a frame whose page allows the camera has nothing to complain of', async () => {
    const { preflight } = await inFrame('camera; microphone');
    expect(preflight).to.equal(null);
  });

  it('leaves the devices of this page as they were', () => {
    replaceMediaDevices({ enumerateDevices: () => Promise.resolve([]) })();
    expect(Object.hasOwn(navigator.mediaDevices, 'enumerateDevices')).to.equal(false);
  });
});

type Finding = { readonly code: CallErrorCode; readonly message: string } | null;

/** Runs the preflight, and a real request, in a frame of this page. */
async function inFrame(
  allow: string,
): Promise<{ readonly preflight: Finding; readonly failure: NonNullable<Finding> }> {
  const frame = document.createElement('iframe');
  frame.allow = allow;
  frame.srcdoc = `<script type="module">
    import { mediaFailure, mediaPreflight } from '/src/media/capture/media-failure.ts';
    const plain = (error) => error && { code: error.code, message: error.message };
    const stop = (stream) => stream.getTracks().forEach((track) => track.stop());
    const preflight = plain(await mediaPreflight('camera'));
    const failure = plain(
      await navigator.mediaDevices.getUserMedia({ video: true }).then(stop, (error) => mediaFailure(error, 'camera')),
    );
    parent.postMessage({ preflight, failure }, '*');
  </script>`;
  const answer = new Promise<MessageEvent>((resolve) =>
    addEventListener('message', (event) => event.source === frame.contentWindow && resolve(event)),
  );
  document.body.append(frame);
  const { data } = await answer;
  frame.remove();
  return data as { readonly preflight: Finding; readonly failure: NonNullable<Finding> };
}
