// Plain WebRTC, as tutorials write it: join, learn of the others, open the camera, then offer to each. A full mesh.
window.join = async ({ relay, room, frameRate }) => {
  const { bench } = window;
  const stream = await bench.camera(frameRate);
  const self = crypto.randomUUID();
  const socket = new WebSocket(`${relay}/?room=${room}`);
  const connections = new Map();
  const send = (to, message) => socket.send(JSON.stringify({ from: self, to, ...message }));
  const connect = (id) => {
    const connection = new RTCPeerConnection();
    connections.set(id, connection);
    for (const track of stream.getTracks()) connection.addTrack(track, stream);
    connection.addEventListener('icecandidate', ({ candidate }) => candidate && send(id, { candidate }));
    connection.addEventListener(
      'track',
      ({ track, streams }) => track.kind === 'video' && bench.show(streams[0]),
    );
    return connection;
  };
  let work = Promise.resolve();
  socket.addEventListener('message', ({ data }) => {
    work = work.then(async () => {
      const { from, to, hello, description, candidate } = JSON.parse(data);
      if (to && to !== self) return;
      if (hello) {
        const connection = connect(from);
        await connection.setLocalDescription();
        send(from, { description: connection.localDescription });
      } else if (description) {
        const connection = connections.get(from) ?? connect(from);
        await connection.setRemoteDescription(description);
        if (description.type !== 'offer') return;
        await connection.setLocalDescription();
        send(from, { description: connection.localDescription });
      } else if (candidate) await connections.get(from)?.addIceCandidate(candidate);
    });
  });
  await new Promise((opened) => socket.addEventListener('open', opened));
  socket.send(JSON.stringify({ from: self, hello: true }));
  if (bench.isFirst) bench.show(stream);
};
