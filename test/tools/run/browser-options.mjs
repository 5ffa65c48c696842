// How the tests start their browsers: fake devices, no prompts. Used by the browser tests and by the end-to-end tests.

export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];

export const firefoxPrefs = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  // A machine without a sound card: otherwise an AudioContext would stay suspended for ever.
  'media.cubeb.force_mock_context': true,
  // The media server of the tests is on the loopback address only.
  'media.peerconnection.ice.loopback': true,
  // Of several windows only one has the focus, and Firefox lists devices to that one alone.
  'media.devices.unfocused.enabled': true,
};

/** A tab in the background is hidden (no animation frames, no video frames), so every page gets a window. */
export const newWindow = { type: 'window' };

/**
 * Options of puppeteer's `launch` for what `ensureChromium` found.
 *
 * @returns {import('puppeteer-core').LaunchOptions}
 */
export const launchChromium = ({ path, shell }) => ({
  executablePath: path,
  headless: shell ? 'shell' : true,
  args: chromiumArgs,
});

/** Options of puppeteer's `launch` for what `ensureFirefox` found. */
export const launchFirefox = ({ path }) => ({
  browser: 'firefox',
  executablePath: path,
  headless: true,
  extraPrefsFirefox: firefoxPrefs,
});
