// PeerJS with its own server, as its documentation shows a video call. Needs the global peerjs.
window.join = async ({ peerServer, room }) => {
  const { bench } = window;
  const id = (first) => `${room}-${first ? 'first' : 'second'}`;
  const stream = await bench.camera();
  const peer = new window.peerjs.Peer(id(bench.isFirst), {
    host: '127.0.0.1',
    port: peerServer,
    path: '/',
    config: { iceServers: [] },
  });
  await new Promise((opened) => peer.on('open', opened));
  if (bench.isFirst) {
    peer.on('call', (call) => {
      call.answer(stream);
      call.on('stream', (remote) => bench.videos.size || bench.show(remote));
    });
    return;
  }
  const call = peer.call(id(true), stream);
  call.on('stream', (remote) => bench.videos.size || bench.show(remote));
};
