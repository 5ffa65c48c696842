// Runs in each page before its own code: tells when the first frame of a remote camera was presented in a <video>, for every
// system by the same means.
(() => {
  const remote = new WeakSet();
  const now = () => performance.timeOrigin + performance.now();
  let seen;
  window.bench = {
    now,
    clickedAt: 0,
    firstFrame: new Promise((resolve) => (seen = resolve)),
    connections: [],
    videos: new Set(),
  };
  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args) {
      const connection = new target(...args);
      window.bench.connections.push(connection);
      connection.addEventListener('track', ({ track }) => remote.add(track));
      return connection;
    },
  });
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  const isRemote = (window.bench.isRemote = (video) =>
    video.srcObject?.getVideoTracks().some((track) => remote.has(track)));
  const watch = (video) =>
    video.requestVideoFrameCallback(() => {
      if (isRemote(video)) seen(now());
      else watch(video);
    });
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    configurable: true,
    get,
    set(stream) {
      set.call(this, stream);
      if (!(this instanceof HTMLVideoElement) || !stream || window.bench.videos.has(this)) return;
      window.bench.videos.add(this);
      watch(this);
    },
  });
  window.bench.show = (stream) => {
    const video = document.createElement('video');
    Object.assign(video, { muted: true, autoplay: true, playsInline: true, srcObject: stream });
    document.body.append(video);
    return video;
  };
  window.bench.camera = (frameRate) =>
    navigator.mediaDevices.getUserMedia({
      audio: true,
      video: { width: 1280, height: 720, ...(frameRate && { frameRate }) },
    });
})();
