// simple-peer as its README shows it, over the same relay. Needs the global SimplePeer.
window.join = async ({ relay, room }) => {
  const { bench } = window;
  const stream = await bench.camera();
  const socket = new WebSocket(`${relay}/?room=${room}`);
  await new Promise((opened) => socket.addEventListener('open', opened));
  const peer = new window.SimplePeer({ initiator: !bench.isFirst, stream });
  peer.on('signal', (data) => socket.send(JSON.stringify(data)));
  peer.on('stream', bench.show);
  socket.addEventListener('message', ({ data }) => peer.signal(JSON.parse(data)));
};
